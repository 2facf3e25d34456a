using System.Diagnostics;
using System.Globalization;
using System.Text;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>Mails over a real socket: what is sent, and what every way it can end means.</summary>
public sealed class MailTests
{
    [Theory]
    [InlineData("RCPT", "450 4.2.0 try later", ParcelEnd.NotNow, "status450", false)]
    [InlineData("RCPT", "452 4.2.2 mailbox full", ParcelEnd.NotNow, "status452", false)]
    [InlineData("RCPT", "550 5.1.1 no such mailbox", ParcelEnd.Refused, "status550", false)]
    [InlineData("RCPT", "553 5.1.3 bad name", ParcelEnd.Refused, "status553", false)]
    [InlineData("MAIL", "421 4.3.2 going down", ParcelEnd.NotNow, "status421", false)]
    [InlineData("MAIL", "552 5.3.4 too big", ParcelEnd.Refused, "status552", false)]
    [InlineData("MAIL", "530 5.7.0 log in first", ParcelEnd.NotNow, "status530", true)]
    [InlineData("GREETING", "421 too busy", ParcelEnd.NotNow, null, false)]
    [InlineData("GREETING", "554 go away", ParcelEnd.Refused, "status554", false)]
    [InlineData(".", "451 4.3.0 try later", ParcelEnd.NotNow, "status451", false)]
    [InlineData(".", "554 5.7.1 looks like spam", ParcelEnd.Refused, "status554", false)]
    [InlineData("GREETING", "HTTP/1.1 400 Bad Request", ParcelEnd.NotNow, "noConnection", false)]
    [InlineData("GREETING", null, ParcelEnd.NotNow, "noConnection", false)]
    [InlineData("RCPT", null, ParcelEnd.NotNow, "noConnection", false)]
    [InlineData("RCPT", "what?", ParcelEnd.NotNow, "noConnection", false)]
    [InlineData(".", null, ParcelEnd.InDoubt, "answerLost", false)]
    [InlineData(".", "<html>", ParcelEnd.InDoubt, "answerLost", false)]
    public async Task Send_ServerAnswersThis_EndsAsItSays(string verb, string? answer, ParcelEnd end, string? reason, bool alert)
    {
        await using var server = new SmtpScript(answers: (verb, answer));
        await using var rig = Rig(server.Port);

        var outcome = await rig.SendAsync(ChannelKind.Mail, Mail());

        Assert.Equal((end, alert), (outcome.End, outcome.Alert));
        Assert.True(reason is null || reason == outcome.Reason, outcome.Reason);
        rig.AssertNobodyNamed();
    }

    [Theory]
    [InlineData("GREETING", ParcelEnd.NotNow)]
    [InlineData("EHLO", ParcelEnd.NotNow)]
    [InlineData("RCPT", ParcelEnd.NotNow)]
    [InlineData("DATA", ParcelEnd.NotNow)]
    [InlineData(".", ParcelEnd.InDoubt)]
    public async Task Send_ServerHangs_EndsInTime(string verb, ParcelEnd end)
    {
        await using var server = new SmtpScript(answers: (verb, SmtpScript.Hang));
        await using var rig = Rig(server.Port, ("Mail:Timeout", "00:00:01"));
        var watch = Stopwatch.StartNew();

        var outcome = await rig.SendAsync(ChannelKind.Mail, Mail());

        Assert.Equal(end, outcome.End);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(20));
        rig.AssertNobodyNamed();
    }

    [Fact]
    public async Task Send_NobodyListens_IsNotNow()
    {
        await using var rig = Rig(ChildProgram.FreePort());

        Assert.Equal(new ParcelOutcome(ParcelEnd.NotNow, "noConnection"), await rig.SendAsync(ChannelKind.Mail, Mail()));
    }

    [Fact]
    public async Task Send_CallerGivesUp_IsCancelled()
    {
        await using var server = new SmtpScript(answers: ("EHLO", SmtpScript.Hang));
        await using var rig = Rig(server.Port);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Channel(ChannelKind.Mail).SendAsync(Mail(), patience.Token));
    }

    [Fact]
    public async Task Send_Mail_ArrivesAsWritten()
    {
        await using var server = new SmtpScript();
        await using var rig = Rig(server.Port, ("Mail:FromName", "备案服务"), ("Mail:ReplyTo", "help@example.org"));
        var text = "第一行\n.\n..两个点\nBcc: somebody@example.org\n" + new string('长', 900);

        Assert.Equal(new ParcelOutcome(ParcelEnd.Taken, null), await rig.SendAsync(ChannelKind.Mail, Mail() with { Text = text }));

        Assert.Contains("MAIL FROM:<beian@example.org>", server.Lines);
        Assert.Contains($"RCPT TO:<{ChannelRig.Address}>", server.Lines);
        Assert.Single(server.Lines, l => l.StartsWith("RCPT", StringComparison.Ordinal));
        Assert.Contains(server.Mail, l => l.StartsWith("Message-ID: <", StringComparison.OrdinalIgnoreCase) && l.EndsWith("@example.org>", StringComparison.Ordinal));
        Assert.Contains("X-Message-Key: n1:mail:t1", server.Mail, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", server.Mail, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Reply-To: help@example.org", server.Mail, StringComparer.OrdinalIgnoreCase);
        var read = Beian.MiniApi.Sandbox.Mail.SandboxMailReader.Read(Encoding.UTF8.GetBytes(string.Join("\r\n", server.Mail)));
        Assert.Equal(text.ReplaceLineEndings("\r\n"), read.Text);
        Assert.Equal("初审已通过", Beian.MiniApi.Sandbox.Mail.SandboxMailReader.Words(read.Header("Subject")!));
        Assert.All(server.Lines, l => Assert.True(Encoding.UTF8.GetByteCount(l) <= 998 && l.All(char.IsAscii)));
    }

    [Fact]
    public async Task Send_SameMessageTwice_HasTheSameId()
    {
        await using var server = new SmtpScript();
        await using var rig = Rig(server.Port);

        await rig.SendAsync(ChannelKind.Mail, Mail());
        await rig.SendAsync(ChannelKind.Mail, Mail() with { Attempt = 2 });
        await rig.SendAsync(ChannelKind.Mail, Mail() with { Key = "n2:mail:t1" });

        var ids = server.Lines.Where(l => l.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)).ToArray();
        Assert.Equal((3, 2), (ids.Length, ids.Distinct().Count()));
    }

    [Theory]
    [InlineData("ce.shi@example.com\r\nRCPT TO:<other@example.com>", "主题", "k", "badAddress")]
    [InlineData("ce.shi@example.com, other@example.com", "主题", "k", "badAddress")]
    [InlineData("\"测试\" <ce.shi@example.com>", "主题", "k", "badAddress")]
    [InlineData("ce.shi@example.com>", "主题", "k", "badAddress")]
    [InlineData("", "主题", "k", "badAddress")]
    [InlineData("ce.shi@example.com", "主题\r\nBcc: other@example.com", "k", "badSubject")]
    [InlineData("ce.shi@example.com", "主题\nBcc: other@example.com", "k", "badSubject")]
    [InlineData("ce.shi@example.com", "主题\u2028Bcc: other@example.com", "k", "badSubject")]
    [InlineData("ce.shi@example.com", "主\u0000题", "k", "badSubject")]
    [InlineData("ce.shi@example.com", "", "k", "badSubject")]
    [InlineData("ce.shi@example.com", null, "k", "badSubject")]
    [InlineData("ce.shi@example.com", "主题", "k\r\nBcc: other@example.com", "badKey")]
    [InlineData("ce.shi@example.com", "主题", "", "badKey")]
    public async Task Send_WhatCouldBeginAHeader_IsRefusedBeforeAnythingIsSent(string address, string? subject, string key, string reason)
    {
        await using var server = new SmtpScript();
        await using var rig = Rig(server.Port);

        Assert.Equal(new ParcelOutcome(ParcelEnd.Refused, reason), await rig.SendAsync(ChannelKind.Mail, Mail() with { Address = address, Subject = subject, Key = key }));
        Assert.Empty(server.Lines);
    }

    [Theory]
    [InlineData(false, "noTls")]
    [InlineData(true, "badCertificate")]
    public async Task Send_ConnectionCannotBeTrusted_SendsNothing(bool offersTls, string reason)
    {
        await using var server = new SmtpScript(offersTls ? TestAuthority.SelfSigned("localhost") : null);
        await using var rig = new ChannelRig("Production", ("Mail:Host", "localhost"), ("Mail:Port", server.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:From", "beian@example.org"),
            ("Mail:UserName", "beian"), ("Mail:Password", "made-up-password"));

        var outcome = await rig.SendAsync(ChannelKind.Mail, Mail());

        Assert.Equal((ParcelEnd.NotNow, reason, true), (outcome.End, outcome.Reason, outcome.Alert));
        Assert.DoesNotContain(server.Lines, l => l.StartsWith("AUTH", StringComparison.Ordinal) || l.StartsWith("MAIL", StringComparison.Ordinal));
        rig.AssertNobodyNamed();
    }

    [Fact]
    public async Task Send_WithoutAHost_IsOff()
    {
        await using var rig = new ChannelRig("Production");

        Assert.All(Enum.GetValues<ChannelKind>(), kind => Assert.Equal(kind == ChannelKind.Webhook, rig.Channel(kind).IsOn));
    }

    private static Parcel Mail() => ChannelRig.AParcel(ChannelRig.Address, key: "n1:mail:t1");

    private static ChannelRig Rig(int port, params (string Key, string Value)[] settings) => new("Development",
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", port.ToString(CultureInfo.InvariantCulture)), ("Mail:Tls", "none"), ("Mail:From", "beian@example.org"), .. settings,
    ]);
}
