using System.Globalization;
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

    /// <summary>Loaded several times; the median of each part counts, so that what a neighbour frees or makes meanwhile does not decide.</summary>
    private const int Copies = 5;

    [Fact]
    public void ReferenceData_AllOfIt_KeepsLessThan30Megabytes()
    {
        var kept = new List<object>();

        // Once for what is made once however much data there is: readers of JSON, compiled code.
        Load(kept, null);
        var parts = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        for (var i = 0; i < Copies; i++)
        {
            Load(kept, parts);
        }

        var medians = parts.Select(p => (p.Key, Value: p.Value.Order().ElementAt(Copies / 2))).OrderByDescending(p => p.Value).ToArray();
        var total = medians.Sum(p => p.Value);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total:F2} MB: {string.Join(", ", medians.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:F2}")))}"));
        GC.KeepAlive(kept);
        Assert.InRange(total, 0.5, LimitMegabytes);
    }

    private static void Load(List<object> kept, SortedDictionary<string, List<double>>? parts)
    {
        T Keep<T>(string name, Func<T> load)
            where T : notnull
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var loaded = load();
            kept.Add(loaded);
            var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
            if (parts is not null)
            {
                (parts.TryGetValue(name, out var grew) ? grew : parts[name] = []).Add(grown);
            }

            return loaded;
        }

        var loader = new ReferenceDataLoader(TheBook.Folder, null);
        var book = Keep("book", loader.Load);
        var rules = Keep("rules", () => new LiveRules(loader, book, new OverlayFolder(null), Options.Create(new ReferenceDataOptions()), TimeProvider.System, NullLogger<LiveRules>.Instance));
        Keep("documents", () => ReferenceSets.Load(TheBook.Folder, null, rules, new BusinessClock(new NoSettings())));
        Keep("texts", () => TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")));
        Keep("letters", () => LettersFile.Load(TheBook.Folder, null, book));
        Keep("resource types", () => ResourceTypesFile.Load(TheBook.Folder, null));
    }

    private sealed class NoSettings : ISettingStore
    {
        public string? Find(string name) => null;

        public Task SaveAsync(string name, string value, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
