using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Messages;
using Microsoft.Extensions.Configuration;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>Settings that cannot be used are named; templates that are not WeChat's are switched off.</summary>
public sealed class MessageOptionsTests
{
    private const string Row = "WeChat:Messages:Templates:0";
    private static readonly string Id = new('a', 43);

    [Theory]
    [InlineData("Id", "short", Row + ":Id must be the 43 letters, digits, '-' or '_' of a template's id; it has 5 characters.")]
    [InlineData("Events:1", "notification.celebrate", Row + ":Events:1 'notification.celebrate' is no event; there are notification.approve, ")]
    [InlineData("Events:1", "notification.approve", Row + ":Events:1 'notification.approve' stands at " + Row + ":Events:0 already.")]
    [InlineData("Page", "/pages/a", Row + ":Page '/pages/a' must be a page without a leading slash; ")]
    [InlineData("Page", "pages/a?id={openid}", Row + ":Page 'pages/a?id={openid}' must be a page without a leading slash; ")]
    [InlineData("Fields:thing", "subject", Row + ":Fields:thing is no key of a template; ")]
    [InlineData("Fields:thing1", "password", Row + ":Fields:thing1 'password' is nothing that can be told; there are at, deadline, domain, hint, number, phoneTail, reason, site, state, subject.")]
    public void Settings_WithAWrongRow_NameIt(string key, string value, string expected)
    {
        var failure = Assert.Single(Failures((key, value)));

        Assert.StartsWith(expected, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_TwoTemplatesForOneEventOrId_AreRefused()
    {
        var failures = Failures(("1:Id", Id), ("1:Events:0", "notification.approve"), ("1:Fields:thing1", "hint"));

        Assert.Equal(
            ["WeChat:Messages:Templates:1:Events:0 'notification.approve' stands at " + Row + ":Events:0 already.", $"WeChat:Messages:Templates:1:Id '{Id}' stands at {Row}:Id already."], failures);
    }

    [Fact]
    public void Settings_WithoutEventsOrFields_AreRefused() => Assert.Equal(
        ["WeChat:Messages:Templates:1:Events must name at least one event.", "WeChat:Messages:Templates:1:Fields must have the lines of the template."], Failures(("1:Id", new string('b', 43))));

    [Fact]
    public void Settings_WellMade_AreTaken() => Assert.Empty(Failures(("Page", "pages/progress/index?filingId={filingId}&n={number}")));

    [Fact]
    public async Task Start_WithAnUnknownEvent_IsRefusedWithTheRow()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-refused-" + Guid.NewGuid().ToString("N"));

        var (code, output) = await ChildProgram.RefuseAsync(folder, ("WeChat:Messages:Templates:1:Events:0", "notification.celebrate"));

        Assert.Equal(1, code);
        Assert.Contains("Refusing to start: WeChat:Messages:Templates:1:Events:0 'notification.celebrate' is no event", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Template_WithOtherLinesThanWeChats_IsSwitchedOffAndItsMessagesWait()
    {
        await using var rig = MessageRig.Start(("WeChat:Messages:Templates:0:Fields:thing6", "site"));
        using var journey = await rig.FilledAsync("opta", 51);
        await rig.PermitAsync("opta", MessageRig.Progress);

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => await rig.NewestAsync(journey) is [{ State: MessageState.Queued }] && rig.App.Get<MessageTemplates>().OffUntil(MessageRig.Progress) is not null);

        var told = (await (await journey.Client.GetAsync("/api/v1/me/message-templates")).JsonAsync()).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetString());
        Assert.Equal([MessageRig.Correction, MessageRig.SmsCheck], told);
        Assert.Equal((0, 1), ((await rig.NewestAsync(journey))[0].Attempts, await rig.App.Get<IMessageCredits>().CountAsync(rig.IndexOf("opta"), MessageRig.Progress, default)));
    }

    [Fact]
    public async Task Template_ThatWeChatDoesNotHave_IsSwitchedOff()
    {
        await using var rig = MessageRig.Start(("WeChat:Messages:Templates:0:Id", Id));
        using var journey = await rig.FilledAsync("optb", 52);
        await rig.App.Get<IMessageCredits>().GrantAsync(new MessageCredit(rig.IndexOf("optb"), Id, "made up", DateTimeOffset.UtcNow), default);

        await journey.SubmitAsync();

        await Wait.UntilAsync(() => Task.FromResult(rig.App.Get<MessageTemplates>().OffUntil(Id) is not null));
    }

    private static IEnumerable<string> Failures(params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] good = [("0:Id", Id), ("0:Events:0", "notification.approve"), ("0:Fields:thing1", "subject")];
        var all = settings.Select(s => char.IsAsciiDigit(s.Key[0]) ? s : ("0:" + s.Key, s.Value)).UnionBy(good, s => s.Item1);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(s => KeyValuePair.Create("Templates:" + s.Item1, (string?)s.Item2))).Build();
        var options = new MessageOptions();
        configuration.Bind(options);
        return new MessageOptionsCheck().Validate(null, options).Failures ?? [];
    }
}
