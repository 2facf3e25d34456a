using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>An acknowledged save survives <c>kill -9</c>.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Clients = 4;

    [Fact]
    public async Task Kill_InTheMiddleOfSavesTwentyTimes_LosesNoAcknowledgedSave()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-kill-" + Guid.NewGuid().ToString("N"));
        var port = ChildProgram.FreePort();
        var program = await ChildProgram.StartAsync(folder, port, TestApp.NoLimits);
        var writers = new List<Writer>();
        try
        {
            for (var i = 0; i < Clients; i++)
            {
                var journey = await ApplicantJourney.OpenAsync(program.Address, Applicant.Organisation("kill" + i, 20 + i));
                await journey.StartAsync();
                writers.Add(new Writer(journey));
            }

            for (var kill = 0; kill < Kills; kill++)
            {
                var writing = writers.Select(w => w.SaveUntilCutOffAsync()).ToArray();

                // A different moment of the writing each time.
                await Task.Delay(250 + (kill * 37 % 200));
                await program.KillAsync();
                await Task.WhenAll(writing);
                await program.DisposeAsync();
                program = await ChildProgram.StartAsync(folder, port, TestApp.NoLimits);
                foreach (var writer in writers)
                {
                    await writer.CompareAsync();
                }

                Assert.Equal(["ok"], DatabaseFile.Ask(folder, "PRAGMA integrity_check;"));
            }
        }
        finally
        {
            await program.DisposeAsync();
            writers.ForEach(w => w.Dispose());
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine($"{Kills} kills, {writers.Sum(w => w.Acknowledged)} acknowledged saves, {writers.Sum(w => w.Unacknowledged)} found without having been acknowledged.");
        Assert.True(writers.Sum(w => w.Acknowledged) > Kills * Clients, "Hardly anything was saved: the kills hit nothing.");
    }

    /// <summary>One client, one filing: saves a growing number and remembers what was acknowledged.</summary>
    private sealed class Writer(ApplicantJourney journey) : IDisposable
    {
        private int _number;
        private int _version = journey.Version;
        private int _acknowledged;

        public int Acknowledged { get; private set; }

        public int Unacknowledged { get; private set; }

        public async Task SaveUntilCutOffAsync()
        {
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                try
                {
                    var body = journey.SubjectBody((++_number).ToString(CultureInfo.InvariantCulture));
                    using var answer = await journey.Client.PutAsJsonAsync(journey.Path + "/subject", body);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    _version = int.Parse(answer.Headers.ETag!.Tag.Trim('"'), CultureInfo.InvariantCulture);
                    _acknowledged = _number;
                    Acknowledged++;
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    return;
                }
            }

            Assert.Fail("The program went on answering after it was killed.");
        }

        /// <summary>What was acknowledged is there, or something newer.</summary>
        public async Task CompareAsync()
        {
            var filing = await journey.ReadAsync();
            var found = int.Parse(filing.GetProperty("subject").GetProperty("remark").GetString() ?? "0", CultureInfo.InvariantCulture);
            var version = filing.GetProperty("version").GetInt32();
            Assert.InRange(found, _acknowledged, _number);
            Assert.InRange(version, _version, _version + _number - _acknowledged);
            Unacknowledged += found - _acknowledged;
            (_version, _acknowledged, _number) = (version, found, found);
        }

        public void Dispose() => journey.Dispose();
    }
}
