using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>A power cut at any moment of a call sends no message twice. WeChat is another process, which lives on.</summary>
public sealed class MessageKillTests
{
    [Theory]
    [InlineData("slow")]
    [InlineData("http5xx")]
    public async Task Kill_WhileMessagesAreBeingSent_SendsNoneTwice(string kind)
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-message-kill-" + Guid.NewGuid().ToString("N"));
        await using var rig = MessageRig.Start();
        var port = ChildProgram.FreePort();
        (string Key, string Value)[] settings =
        [
            ("WeChat:Messages:RetryAfter", "00:00:00.200"), ("WeChat:AttemptTimeoutMilliseconds", "15000"), ("WeChat:CallTimeoutMilliseconds", "30000"), ("WeChat:AppId", "wx-of-the-tests"), ("WeChat:AppSecret", "secret-of-the-tests"), ("WeChat:BaseUrl", new Uri(rig.App.Address, "/sandbox/wechat/").ToString()),
        ];
        var program = await ChildProgram.StartAsync(folder, port, settings);
        try
        {
            var journeys = new List<ApplicantJourney>();
            for (var i = 0; i < 3; i++)
            {
                var journey = await ApplicantJourney.FilledAsync(program.Address, Applicant.Organisation("kilm" + i, 90 + i));
                journeys.Add(journey);
                await PermitAsync(program, folder, rig, "kilm" + i);
            }

            await rig.FaultAsync(new { endpoint = MessageRig.Send, kind, delayMilliseconds = 1_200 });
            await Task.WhenAll(journeys.Select(j => j.SubmitAsync()));
            foreach (var pause in new[] { 1_500, 400, 900, 200 })
            {
                await Task.Delay(pause);
                await program.KillAsync();
                await program.DisposeAsync();
                program = await ChildProgram.StartAsync(folder, port, settings);
            }

            await rig.NoFaultsAsync();
            await Wait.UntilAsync(() => Task.FromResult(States(folder).All(s => s is "sent" or "delivered" or "uncertain" or "refused") && States(folder).Count == 3));
            var total = 0;
            for (var i = 0; i < 3; i++)
            {
                // One whose end is not known may stay away, and never comes twice.
                var arrived = (await rig.ArrivedAsync("kilm" + i)).Count;
                Assert.InRange(arrived, 0, 1);
                total += arrived;
            }

            Assert.InRange(total, States(folder).Count(s => s is "sent" or "delivered"), 3);
            journeys.ForEach(j => j.Dispose());
        }
        finally
        {
            await program.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Two permissions, so that a second sending would arrive. The played WeChat pushes to its own server; the killed program is told here.</summary>
    private static async Task PermitAsync(ChildProgram program, string folder, MessageRig rig, string login)
    {
        using var client = new HttpClient { BaseAddress = program.Address };
        var before = DatabaseFile.Ask(folder, "SELECT source FROM message_credits").Count;
        for (var i = 0; i < 2; i++)
        {
            await rig.AnswerAsync(login, MessageRig.Progress, accept: true);
            await Task.Delay(1_050);
            using var pushed = JsonContent.Create(new JsonObject
            {
                ["user"] = login,
                ["event"] = new JsonObject
                {
                    ["Event"] = "subscribe_msg_popup_event",
                    ["List"] = new JsonObject { ["TemplateId"] = MessageRig.Progress, ["SubscribeStatusString"] = "accept", ["PopupScene"] = "0" },
                },
            });
            var answer = await client.PostAsync("/sandbox/wechat/push", pushed);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("taken").GetBoolean());
        }

        await Wait.UntilAsync(() => Task.FromResult(DatabaseFile.Ask(folder, "SELECT source FROM message_credits").Count == before + 2));
    }

    private static List<string> States(string folder) => DatabaseFile.Ask(folder, "SELECT state FROM wechat_messages");
}
