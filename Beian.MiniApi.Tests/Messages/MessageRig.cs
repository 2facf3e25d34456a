using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>The program with the sandbox's templates and little patience, and a user's phone beside it.</summary>
internal sealed class MessageRig : IAsyncDisposable
{
    public const string Progress = "sandboxTemplateProgress00000000000000000000";
    public const string Correction = "sandboxTemplateCorrection000000000000000000";
    public const string SmsCheck = "sandboxTemplateSmsCheck00000000000000000000";
    public const string Send = "wechat/cgi-bin/message/subscribe/send";

    public static readonly (string Key, string Value)[] Impatient =
        [("WeChat:Messages:RetryAfter", "00:00:00.200"), ("WeChat:AttemptTimeoutMilliseconds", "1500"), ("WeChat:CallTimeoutMilliseconds", "2500")];

    public static readonly (string Key, string Value) Repeating = ("WeChat:Messages:RepeatAfter", "00:00:01");

    private MessageRig(TestApp app) => App = app;

    public TestApp App { get; }

    public IMessageStore Queue => App.Get<IMessageStore>();

    public static MessageRig Start(params (string Key, string Value)[] settings) => Start(null, settings);

    /// <param name="folder">An existing data folder to go on with; null for a new one.</param>
    /// <param name="settings">Over the impatient ones.</param>
    public static MessageRig Start(string? folder, params (string Key, string Value)[] settings) =>
        new(TestApp.Start("Development", folder, [.. settings.UnionBy(Impatient, s => s.Key)]));

    public static string OpenId(string login) => SandboxLogins.OpenId("wx-of-the-tests", login);

    public string IndexOf(string login) => App.Get<BlindIndex>().Of(BlindIndex.OpenId, OpenId(login));

    /// <summary>A filing ready to be submitted.</summary>
    public Task<ApplicantJourney> FilledAsync(string login, int n) => ApplicantJourney.FilledAsync(App.Address, Applicant.Organisation(login, n));

    /// <summary>The user taps, so that WeChat pushes as many permissions; returns when all of them are in the ledger.</summary>
    public async Task PermitAsync(string login, string template, int times = 1)
    {
        var credits = App.Get<IMessageCredits>();
        for (var i = 0; i < times; i++)
        {
            // WeChat's events tell whole seconds: two equal ones within one count as a repeat.
            await Task.Delay(i == 0 ? 0 : 1_050);
            var before = await credits.CountAsync(IndexOf(login), template, default);
            await AnswerAsync(login, template, accept: true);
            await Wait.UntilAsync(async () => await credits.CountAsync(IndexOf(login), template, default) == before + 1);
        }
    }

    public async Task AnswerAsync(string login, string templateId, bool accept) =>
        Assert.Equal(HttpStatusCode.OK, (await App.Client.PostAsJsonAsync("/sandbox/subscriptions", new { user = login, templateId, accept })).StatusCode);

    /// <summary>What the played WeChat delivered to one user, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> ArrivedAsync(string login) => await ArrivedAsync(App.Client, login);

    public static async Task<IReadOnlyList<JsonElement>> ArrivedAsync(HttpClient client, string login) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("/sandbox/subscriptions")).GetProperty("items").EnumerateArray().Where(i => i.GetProperty("openId").GetString() == OpenId(login))];

    /// <summary>The inbox of an applicant, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> InboxAsync(ApplicantJourney journey) =>
        [.. (await (await journey.Client.GetAsync("/api/v1/notifications")).JsonAsync()).GetProperty("items").EnumerateArray()];

    /// <summary>What became of the newest inbox message.</summary>
    public async Task<IReadOnlyList<MessageRecord>> NewestAsync(ApplicantJourney journey) =>
        await InboxAsync(journey) is [var newest, ..] ? await Queue.ListAsync(newest.GetProperty("id").GetString()!, default) : [];

    /// <summary>Waits until the newest inbox message is of that event, and its one message stands so.</summary>
    public async Task<MessageRecord> BecomesAsync(ApplicantJourney journey, string code, params MessageState[] states)
    {
        MessageRecord? found = null;
        await Wait.UntilAsync(async () => (found = (await NewestAsync(journey)).SingleOrDefault(m => m.Event == code && states.Contains(m.State))) is not null);
        return found!;
    }

    public Task FaultAsync(object fault) => App.FaultAsync(fault);

    public async Task NoFaultsAsync() => Assert.Equal(HttpStatusCode.OK, (await App.Client.DeleteAsync("/sandbox/faults")).StatusCode);

    /// <summary>How many calls came to the endpoint of the messages since its fault was switched on.</summary>
    public async Task<int> CallsAsync() =>
        (await App.Client.GetFromJsonAsync<JsonElement>("/sandbox/faults")).GetProperty("items").EnumerateArray()
            .Where(f => f.GetProperty("fault").GetProperty("endpoint").GetString() == Send).Sum(f => f.GetProperty("calls").GetInt32());

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
