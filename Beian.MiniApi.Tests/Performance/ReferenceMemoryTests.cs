using System.Globalization;
using System.Runtime.CompilerServices;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>Runs when everything else has ended, so that the heap is measured and not the neighbours.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What all reference data together keeps on the managed heap.</summary>
[Collection(nameof(Alone))]
public sealed class ReferenceMemoryTests(ITestOutputHelper output)
{
    private const double LimitMegabytes = 30;

    /// <summary>Loaded several times and let go together: what a neighbour frees in that moment is small beside it, and only adds.</summary>
    private const int Copies = 6;

    [Fact]
    public void ReferenceData_AllOfIt_KeepsLessThan30Megabytes()
    {
        var kept = new List<object>();
        for (var i = 0; i < Copies; i++)
        {
            Load(kept);
        }

        var full = Settled();
        kept.Clear();
        var total = (full - Settled()) / 1e6 / Copies;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total:F2} MB"));
        Assert.InRange(total, 0.5, LimitMegabytes);
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>In a frame of its own, so that no local of the test keeps a copy.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Load(List<object> kept)
    {
        var loader = new ReferenceDataLoader(TheBook.Folder, null);
        var book = loader.Load();
        var rules = new LiveRules(loader, book, new OverlayFolder(null), Options.Create(new ReferenceDataOptions()), TimeProvider.System, NullLogger<LiveRules>.Instance);
        kept.AddRange([book, rules, ReferenceSets.Load(TheBook.Folder, null, rules, new BusinessClock(new NoSettings())), TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")), LettersFile.Load(TheBook.Folder, null, book), ResourceTypesFile.Load(TheBook.Folder, null)]);
    }

    private sealed class NoSettings : ISettingStore
    {
        public string? Find(string name) => null;

        public Task SaveAsync(string name, string value, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
