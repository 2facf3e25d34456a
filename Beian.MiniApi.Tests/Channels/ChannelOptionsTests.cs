using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>Settings that cannot be used are named.</summary>
public sealed class ChannelOptionsTests
{
    private static readonly (string, string)[] Tencent =
    [
        ("Sms:Provider", "tencent"), ("Sms:Tencent:SecretId", "i"), ("Sms:Tencent:SecretKey", "k"), ("Sms:Tencent:SdkAppId", "1"), ("Sms:Tencent:SignName", "测试"),
        ("Sms:Templates:0:Id", "77"), ("Sms:Templates:0:Events:0", "notification.approve"), ("Sms:Templates:0:Parameters:0", "state"),
    ];

    private static readonly (string, string)[] Mail = [("Mail:Host", "smtp.example.org"), ("Mail:From", "beian@example.org")];

    [Theory]
    [InlineData("Sms:Tencent:SecretKey", "", "Sms:Tencent:SecretKey is needed")]
    [InlineData("Sms:Tencent:SignName", " ", "Sms:Tencent:SignName is needed")]
    [InlineData("Sms:Tencent:Endpoint", "self", "only Development has")]
    [InlineData("Sms:Templates:0:Id", "77a", "Sms:Templates:0:Id")]
    [InlineData("Sms:Templates:0:Events:0", "notification.unheardOf", "is no event")]
    [InlineData("Sms:Templates:0:Events:1", "notification.approve", "several templates")]
    [InlineData("Sms:Templates:0:Parameters:0", "mobile", "nothing that can be told")]
    [InlineData("Sms:Provider", "pigeon", "Sms:Provider must be")]
    [InlineData("Sms:Provider", "http", "Sms:Http:Url is needed")]
    public Task Start_SmsThatCannotBe_IsRefused(string key, string value, string complaint) => RefusesAsync(Tencent, key, value, complaint);

    [Theory]
    [InlineData("Mail:Host", "self", "only Development has")]
    [InlineData("Mail:Tls", "none", "Mail:Tls")]
    [InlineData("Mail:From", "nobody", "Mail:From")]
    [InlineData("Mail:From", "a@example.org\r\nBcc: b@example.org", "Mail:From")]
    [InlineData("Mail:FromName", "名\n字", "Mail:FromName")]
    [InlineData("Mail:UserName", "beian", "belong together")]
    [InlineData("Mail:Port", "0", "Port")]
    public Task Start_MailThatCannotBe_IsRefused(string key, string value, string complaint) => RefusesAsync(Mail, key, value, complaint);

    [Fact]
    public Task Start_WebhookPortThatIsNone_IsRefused() => RefusesAsync([], "Webhooks:Ports:0", "70000", "Webhooks:Ports");

    private static async Task RefusesAsync((string, string)[] good, string key, string value, string complaint)
    {
        Assert.Equal([], await ComplaintsAsync(good));
        Assert.Contains(await ComplaintsAsync([.. good.Where(s => s.Item1 != key), (key, value)]), c => c.Contains(complaint, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> ComplaintsAsync((string, string)[] settings)
    {
        await using var rig = new ChannelRig("Production", settings);
        try
        {
            rig.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e)
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures)];
        }
    }
}
