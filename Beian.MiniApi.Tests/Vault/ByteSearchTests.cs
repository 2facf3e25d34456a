using System.Globalization;
using System.Text;
using Beian.MiniApi.Storage.Backups;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Performance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Vault;

/// <summary>Made-up persons file, and nothing of them can be found on the disk. <c>BEIAN_PERSONS</c> is how many; 1,000 is what the service is judged by.</summary>
[Collection(nameof(Alone))]
public sealed class ByteSearchTests(ITestOutputHelper output)
{
    private const int AtOnce = 4;

    private static int Persons => int.TryParse(Environment.GetEnvironmentVariable("BEIAN_PERSONS"), CultureInfo.InvariantCulture, out var n) ? n : 40;

    [Fact]
    public async Task Disk_AfterManyHaveFiled_TellsNothingOfThem()
    {
        using var book = new LogBook();
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(book), TestApp.NoLimits);
        var backup = Path.Combine(app.Folder, "..", Path.GetFileName(app.Folder) + ".backup");
        try
        {
            var people = Enumerable.Range(1, Persons).Select(Person).ToArray();
            await Parallel.ForEachAsync(people[..^1], new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (who, _) =>
            {
                using var journey = await ApplicantJourney.FilledAsync(app.Address, who);
                await journey.SubmitAsync();
            });
            using (var review = await Reviewing.OpenAsync(app.Address))
            using (var last = await ApplicantJourney.FilledAsync(app.Address, people[^1]))
            {
                await last.SubmitAsync();
                await review.PassAsync(last);
                var handedOver = await (await review.Client.GetAsync($"/api/v1/review/filings/{last.FilingId}/hand-over")).JsonAsync();
                Assert.Contains(people[^1].Principal.Mobile, handedOver.GetRawText(), StringComparison.Ordinal);
            }

            await app.Get<Backup>().WriteAsync(backup, new Silent(), default);

            var needles = people.SelectMany(p => new[] { p.Name, p.CertificateNumber, p.Principal.Name, p.Principal.CertificateNumber, p.Principal.Mobile, p.Principal.Email }).Distinct().ToArray();
            var search = new ByteSearch(needles);
            await app.WhenPapersAreDoneAsync();
            var files = Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories).Append(backup).ToArray();
            var found = files.SelectMany(f => search.In(Shared(f)).Select(n => $"{Path.GetRelativePath(app.Folder, f)}: {n}")).Concat(search.In(Encoding.UTF8.GetBytes(book.Text)).Select(n => "log: " + n)).ToArray();

            output.WriteLine($"{people.Length} persons, {needles.Length} words in {search.Forms} forms, {files.Length} files, {files.Sum(f => new FileInfo(f).Length) / 1_000_000} MB searched.");
            Assert.Equal([], found.Take(10));
            Assert.Contains(files, f => f.EndsWith("beian.db", StringComparison.Ordinal));
            Assert.Contains(files, f => f.Contains("kept", StringComparison.Ordinal));
            Assert.Contains(files, f => f.Contains("hand-over", StringComparison.Ordinal));

            // A search that finds nothing proves nothing: what is there is found.
            Assert.NotEmpty(search.In(Encoding.UTF8.GetBytes("…" + people[^1].Principal.Mobile)));
            Assert.NotEmpty(search.In(Encoding.Unicode.GetBytes("x" + people[^1].Principal.Name)));
            foreach (var shift in new[] { "", "x", "xx" })
            {
                Assert.NotEmpty(search.In(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{shift}{{\"mobile\":\"{people[0].Principal.Mobile}\"}}")))));
            }
        }
        finally
        {
            File.Delete(backup);
        }
    }

    /// <summary>Each with a name of its own, which stands nowhere else.</summary>
    private static Applicant Person(int n)
    {
        var name = "测" + string.Concat("甲乙丙丁戊己庚辛壬癸"[n / 1000 % 10], "金木水火土日月星云雨"[n / 100 % 10], "春夏秋冬梅兰竹菊松柏"[n / 10 % 10], "东西南北山河湖海江川"[n % 10]);
        return Applicant.Individual("p" + n.ToString("0000", CultureInfo.InvariantCulture), 2_000 + n) with { Name = name, Principal = Principal.Number(2_000 + n, name) };
    }

    private static byte[] Shared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed class Silent : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
        }
    }
}

/// <summary>Looks for words in bytes: as UTF-8, UTF-16 of both orders, JSON escapes, hex, and inside base64 at each of its three places.</summary>
internal sealed class ByteSearch
{
    private readonly Dictionary<ulong, List<(byte[] Form, string Word)>> _byBeginning = [];

    public ByteSearch(IReadOnlyCollection<string> words)
    {
        foreach (var word in words)
        {
            foreach (var form in FormsOf(word).Where(f => f.Length >= 8).DistinctBy(Convert.ToHexString))
            {
                var beginning = BitConverter.ToUInt64(form);
                (_byBeginning.TryGetValue(beginning, out var list) ? list : _byBeginning[beginning] = []).Add((form, word));
                Forms++;
            }
        }
    }

    public int Forms { get; }

    /// <summary>The words that are there.</summary>
    public IReadOnlyCollection<string> In(byte[] bytes)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 8 <= bytes.Length; i++)
        {
            if (_byBeginning.TryGetValue(BitConverter.ToUInt64(bytes, i), out var list))
            {
                found.UnionWith(list.Where(f => bytes.AsSpan(i).StartsWith(f.Form)).Select(f => f.Word));
            }
        }

        return found;
    }

    private static IEnumerable<byte[]> FormsOf(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(word);
        yield return Encoding.BigEndianUnicode.GetBytes(word);
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(utf8));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        yield return Encoding.ASCII.GetBytes(string.Concat(word.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:X4}")));
        yield return Encoding.ASCII.GetBytes(string.Concat(word.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:x4}")));
        for (var shift = 0; shift < 3; shift++)
        {
            // What precedes and follows is not known: the characters that it shares with the word are left out.
            var text = Convert.ToBase64String([.. new byte[shift], .. utf8]).TrimEnd('=');
            var inner = text[(shift == 0 ? 0 : shift + 1)..(((shift + utf8.Length) * 8 / 6))];
            yield return Encoding.ASCII.GetBytes(inner);
            yield return Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_'));
        }
    }
}
