using System.Diagnostics;
using System.Globalization;
using System.Text;
using Beian.MiniApi.Tests.Performance;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Audit;

/// <summary>Whatever is done to a trail is found.</summary>
[Collection(nameof(Alone))]
public sealed class AuditVerifyTests(ITestOutputHelper output)
{
    private const int Many = 100_000;

    [Theory]
    [InlineData("DELETE FROM audit_entries WHERE seq = 5;", "missing")]
    [InlineData("DELETE FROM audit_entries WHERE seq = 1;", "missing")]
    [InlineData("DELETE FROM audit_entries WHERE seq > 17;", "cutOff")]
    [InlineData("DELETE FROM audit_chain;", "cutOff")]
    [InlineData("DELETE FROM audit_entries;", "cutOff")]
    [InlineData("UPDATE audit_entries SET seq = 1000 WHERE seq = 5; UPDATE audit_entries SET seq = 5 WHERE seq = 6; UPDATE audit_entries SET seq = 6 WHERE seq = 1000;", "altered")]
    [InlineData("INSERT INTO audit_entries SELECT 21, at, actor, role, act, kind, thing, route, owner, reason, source, before, after, mac FROM audit_entries WHERE seq = 20;", "altered")]
    [InlineData("UPDATE audit_chain SET seq = 19;", "badSignature")]
    public async Task Verify_TamperedTrail_NamesWhatWasDone(string sql, string code)
    {
        await using var trail = new ATrail();
        await trail.FillAsync(20);
        Assert.Empty(trail.Verify().Faults);

        trail.Tamper(sql);

        Assert.Contains(code, trail.Verify().Faults.Select(f => f.Code));
    }

    [Theory]
    [InlineData("seq = seq + 1000")]
    [InlineData("at = at + 1")]
    [InlineData("actor = 'user-2'")]
    [InlineData("role = 'reviewer'")]
    [InlineData("act = 'viewedInFull'")]
    [InlineData("kind = 'subjects'")]
    [InlineData("thing = 'thing00000008'")]
    [InlineData("route = 'GetFilinh'")]
    [InlineData("owner = NULL")]
    [InlineData("owner = ''")]
    [InlineData("reason = x'00'")]
    [InlineData("source = '00112233aabbccde'")]
    [InlineData("before = x''")]
    [InlineData("after = x'00'")]
    [InlineData("mac = zeroblob(32)")]
    public async Task Verify_OneColumnOfOneEntryChanged_IsFound(string change)
    {
        await using var trail = new ATrail();
        await trail.FillAsync(9);

        trail.Tamper($"UPDATE audit_entries SET {change} WHERE seq = 4;");

        Assert.NotEmpty(trail.Verify().Faults);
    }

    [Fact]
    public async Task Verify_CutOffOrMadeAnewWithItsHead_IsFoundByAnExportedOne()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(5);
        var early = trail.Log.Head()!;
        await trail.CloseAsync();
        var copy = await File.ReadAllBytesAsync(trail.Path);
        trail.Reopen();
        await trail.FillAsync(5);
        var late = trail.Log.Head()!;
        Assert.Empty(trail.Verify(early, late).Faults);

        // The file of an earlier moment is whole in itself; only who kept a later head can tell.
        await trail.CloseAsync();
        await File.WriteAllBytesAsync(trail.Path, copy);
        Assert.Empty(trail.Verify(early).Faults);
        Assert.Contains("cutOff", trail.Verify(late).Faults.Select(f => f.Code));

        File.Delete(trail.Path);
        trail.Reopen();
        await trail.FillAsync(10);
        Assert.Empty(trail.Verify().Faults);
        Assert.Contains("otherChain", trail.Verify(early).Faults.Select(f => f.Code));
        Assert.Contains("badSignature", trail.Verify(trail.Log.Head()! with { Seq = 9 }).Faults.Select(f => f.Code));
    }

    /// <summary>Every bit of a whole entry as it lies in the file, and of its neighbours' ends, one at a time.</summary>
    [Fact]
    public async Task Verify_AnyBitOfAnEntryInTheFile_IsFound()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(200);
        await trail.CloseAsync();
        var bytes = await File.ReadAllBytesAsync(trail.Path);
        const string kind = "filings";
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(kind + ATrail.Thing(100))) + kind.Length;
        var missed = new List<string>();
        for (var i = at - 90; i < at + 110; i++)
        {
            var bit = 1 << (i % 8);
            bytes[i] ^= (byte)bit;
            await File.WriteAllBytesAsync(trail.Path, bytes);
            if (trail.Verify().Faults.Count == 0)
            {
                missed.Add(string.Create(CultureInfo.InvariantCulture, $"byte {i - at} from the thing, bit {bit}"));
            }

            bytes[i] ^= (byte)bit;
        }

        Assert.Equal([], missed);
    }

    [Fact]
    public async Task Verify_OneFlippedBitIn100000Entries_IsFoundWithin10Seconds()
    {
        await using var trail = new ATrail();
        var fill = Stopwatch.StartNew();
        await trail.FillAsync(Many);
        await trail.CloseAsync();
        output.WriteLine($"{Many} entries written in {fill.Elapsed.TotalSeconds:F1} s, {new FileInfo(trail.Path).Length >> 20} MiB.");
        Assert.Empty(trail.Verify().Faults);
        var random = new Random(20261127);

        foreach (var n in new[] { 1, Many, random.Next(Many), random.Next(Many), random.Next(Many) })
        {
            await FlipAsync(trail.Path, ATrail.Thing(n == 0 ? 1 : n), random);
            var watch = Stopwatch.StartNew();
            var verdict = trail.Verify();
            output.WriteLine($"Entry {n}: {watch.Elapsed.TotalSeconds:F2} s, {verdict.Faults.Count} faults, the first {(verdict.Faults.Count > 0 ? verdict.Faults[0] : null)}");
            Assert.NotEmpty(verdict.Faults);
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
            await FlipAsync(trail.Path, null, random);
        }
    }

    private (long At, byte Was) _flipped;

    /// <summary>Flips one bit within the entry of that thing, or flips the last one back.</summary>
    private async Task FlipAsync(string path, string? thing, Random random)
    {
        if (thing is not null)
        {
            var bytes = await File.ReadAllBytesAsync(path);
            // The kind stands before the thing in the entry alone; an index has the thing too.
            const string kind = "filings";
            var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(kind + thing)) + kind.Length + random.Next(60) - 20;
            _flipped = (at, bytes[at]);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = _flipped.At;
        file.WriteByte(thing is null ? _flipped.Was : (byte)(_flipped.Was ^ (1 << random.Next(8))));
    }
}
