using System.Globalization;
using System.Runtime.CompilerServices;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>
/// Run as a program, these tests print what all reference data together keeps on the managed heap, in bytes. In a process of its own, since among the tests
/// the heap also holds what hundreds of other programs leave behind, and lets go of it when it likes.
/// </summary>
internal static class ReferenceMemory
{
    /// <summary>Copies that are loaded and let go together, so that what the runtime itself takes or frees meanwhile is small beside them.</summary>
    private const int Copies = 4;

    public static void Main()
    {
        // Once for what is kept only once, such as compiled code and strings of the program.
        Load([]);
        var kept = new List<object>();
        for (var i = 0; i < Copies; i++)
        {
            Load(kept);
        }

        var full = Settled();
        kept.Clear();
        Console.WriteLine(((full - Settled()) / Copies).ToString(CultureInfo.InvariantCulture));
    }

    private static long Settled()
    {
        var (before, now) = (0L, GC.GetTotalMemory(forceFullCollection: true));
        for (var tries = 0; now != before && tries < 20; tries++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            (before, now) = (now, GC.GetTotalMemory(forceFullCollection: true));
        }

        return now;
    }

    /// <summary>In a frame of its own, so that no local keeps a copy.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load(List<object> kept)
    {
        var loader = new ReferenceDataLoader(TheBook.Folder, null);
        var book = loader.Load();
        var rules = new LiveRules(loader, book, new OverlayFolder(null), Options.Create(new ReferenceDataOptions()), TimeProvider.System, NullLogger<LiveRules>.Instance);
        kept.AddRange(
        [
            book, rules, ReferenceSets.Load(TheBook.Folder, null, rules, new BusinessClock(new NoSettings())), TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")),
            LettersFile.Load(TheBook.Folder, null, book), ResourceTypesFile.Load(TheBook.Folder, null), CommonPasswordFile.Load(TheBook.Folder, null),
        ]);
    }

    private sealed class NoSettings : ISettingStore
    {
        public string? Find(string name) => null;

        public Task SaveAsync(string name, string value, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
