using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>
/// How long a page of the queue takes when there are many filings: the same pages over HTTP from a small and from a full program, by turns in one run. 20,000 filings, or
/// 200,000 with <c>BEIAN_FULL=1</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class QueueTests(ITestOutputHelper output)
{
    private const int Few = 1_000;
    private const double Limit = 1.5;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("BEIAN_FULL") == "1";
    private static readonly int Many = IsFull ? 200_000 : 20_000;
    private static readonly int Rounds = IsFull ? 200 : 60;

    [Fact]
    public async Task Page_OfAFullQueue_TakesHardlyLongerThanOfASmallOne()
    {
        await using var small = TestApp.Start(TestApp.NoLimits);
        await using var full = TestApp.Start(TestApp.NoLimits);
        var watch = Stopwatch.StartNew();
        var now = DateTimeOffset.UtcNow;
        await ManyFilings.AddAsync(small.Get<IFilingStore>(), Few, now);
        await ManyFilings.AddAsync(full.Get<IFilingStore>(), Many, now);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Few} and {Many} filings were saved in {watch.Elapsed.TotalSeconds:F0} s."));
        using var few = await ApplicantJourney.StaffAsync(small.Address, "reviewer");
        using var many = await ApplicantJourney.StaffAsync(full.Address, "reviewer");

        // What shares the machine can spoil one measurement, not two.
        var ratio = await RatioAsync(few, many, now);
        ratio = ratio <= Limit ? ratio : await RatioAsync(few, many, now);

        Assert.True(ratio <= Limit, string.Create(CultureInfo.InvariantCulture, $"p99 is {ratio:F2} times that of {Few} filings."));
    }

    private async Task<double> RatioAsync(HttpClient few, HttpClient many, DateTimeOffset now)
    {
        var pages = Pages(now);
        var times = pages.ToDictionary(p => p.Name, _ => (Few: new List<double>(), Many: new List<double>()));
        for (var round = -5; round < Rounds; round++)
        {
            foreach (var (name, fewQuery, manyQuery) in pages)
            {
                var (first, second) = (await TimeAsync(few, fewQuery), await TimeAsync(many, manyQuery));
                if (round >= 0)
                {
                    times[name].Few.Add(first);
                    times[name].Many.Add(second);
                }
            }
        }

        foreach (var (name, (a, b)) in times)
        {
            Tell(name, a, b);
        }

        return Tell("all pages", [.. times.Values.SelectMany(t => t.Few)], [.. times.Values.SelectMany(t => t.Many)]);
    }

    private static (string Name, string Few, string Many)[] Pages(DateTimeOffset now)
    {
        string Deep(int count) => "&cursor=" + PageRequest.Encode(new QueueKey(ManyFilings.DueAt(count / 2, count, now), "0").ToString());
        (string, string, string) Both(string name, string query) => (name, query, query);
        return
        [
            Both("first page", string.Empty),
            ("middle page", Deep(Few), Deep(Many)),
            Both("unclaimed in review", "&state=providerReview&assignee=none"),
            Both("one province", "&province=330000"),
            Both("one province and state", "&province=330000&state=providerReview"),
            Both("one reviewer", "&assignee=reviewer-3"),
            Both("overdue", "&overdue=true"),
            Both("one kind", "&kind=addSite"),
            Both("one domain", "&domain=d17.cn"),
        ];
    }

    private static async Task<double> TimeAsync(HttpClient client, string query)
    {
        var watch = Stopwatch.StartNew();
        var text = await client.GetStringAsync(new Uri("/api/v1/review/filings?sort=due&limit=20" + query, UriKind.Relative));
        var time = watch.Elapsed.TotalMilliseconds;
        using var page = JsonDocument.Parse(text);
        Assert.Equal(query.StartsWith("&domain", StringComparison.Ordinal) ? 1 : 20, page.RootElement.GetProperty("items").GetArrayLength());
        return time;
    }

    private double Tell(string name, List<double> few, List<double> many)
    {
        var (a, b) = (At(few, 0.99), At(many, 0.99));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: p50 {At(few, 0.5):F1} / {At(many, 0.5):F1} ms, p99 {a:F1} / {b:F1} ms, ratio {b / a:F2} ({few.Count} each)"));
        return b / a;
    }

    private static double At(List<double> times, double part) => times.Order().ElementAt((int)Math.Ceiling(part * times.Count) - 1);
}

/// <summary>Filings in review, by the thousand.</summary>
internal static class ManyFilings
{
    private const int Group = 256;
    private const int Overdue = 50;

    private static readonly string[] Provinces = [.. TheBook.Shipped.Tables.Divisions.Select(d => d.Code).Take(31)];

    /// <summary>Fifty are overdue, the others due within a month.</summary>
    public static DateTimeOffset DueAt(int n, int count, DateTimeOffset now) => now.AddMinutes(n < Overdue ? n - 2_000 : 60 + (40_000.0 * n / count));

    public static async Task AddAsync(IFilingStore store, int count, DateTimeOffset now)
    {
        var template = StoredFilings.Draft(1, "a").Verified("d.cn", "slot:r:1").InReview(now).Snapshot;
        foreach (var group in Enumerable.Range(0, count).Chunk(Group))
        {
            var saved = await Task.WhenAll(group.Select(n => Task.Run(() => store.AddAsync(Like(template, n, count, now), null, default))));
            Assert.All(saved, s => Assert.True(s.IsSaved));
        }
    }

    private static Filing Like(FilingSnapshot template, int n, int count, DateTimeOffset now)
    {
        var province = n % 3 == 0 ? "330000" : Provinces[n % Provinces.Length];
        return Filing.Restore(template with
        {
            Id = StoredFilings.Id(n + 1),
            Number = FilingNumber.Create(now, (ulong)n),
            AccountId = "a" + n,
            Kind = n % 5 == 0 ? FilingKind.AddSite : FilingKind.FirstFiling,
            Holds = [$"domain:d{n}.cn"],
            Outbox = [],
            StateSince = now,
            LastActivityAt = now,
            DueAt = DueAt(n, count, now),
            Claim = n % (count / 40) == 1 ? new Claim("reviewer-3", now, now.AddHours(20)) : null,
            Verification = template.Verification with { Region = new Region(province, province, province) },
        });
    }
}
