using System.Text.Json;
using Beian.MiniApi.Platform.Telemetry;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Beian.MiniApi.Tests.Platform.Telemetry;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("phone 13800000001 called", "phone [phone] called")]
    [InlineData("手机13800000001，", "手机[phone]，")]
    [InlineData("+86 138-0000-0001", "+[phone]")]
    [InlineData("""{"a":"x\n13800000001\u673a13800000001"}""", """{"a":"x\n[phone]\u673a[phone]"}""")]
    [InlineData("""\f13800000001""", """\f[phone]""")]
    [InlineData("110101199003070003", "[number]")]
    [InlineData("11010119900307000X.", "[number].")]
    [InlineData("?code=13800000001&id=110101199003070003", "?code=[phone]&id=[number]")]
    [InlineData("mail lin.x+1@mail.example.com now", "mail [mail] now")]
    [InlineData("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer [token]")]
    [InlineData("t=eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "t=[token]")]
    [InlineData("filing 01a21a4354c07c02b7391cb5928e94c9", "filing 01a21a4354c07c02b7391cb5928e94c9")]
    [InlineData("trace ab13800000001c0d at 20261126233717 or 1764277200000", "trace ab13800000001c0d at 20261126233717 or 1764277200000")]
    [InlineData("91110105MA0000007L 京ICP备2026000001号-1", "91110105MA0000007L 京ICP备2026000001号-1")]
    [InlineData("listening on http://127.0.0.1:5080", "listening on http://127.0.0.1:5080")]
    public void Clean_OfALine_BlotsOutWhatHasThatShapeAndNothingElse(string line, string cleaned) => Assert.Equal(cleaned, Redaction.Clean(line));

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("systemd")]
    public void Write_OfMessageStateScopeAndException_TellsNobodysNumber(string format)
    {
        var (phone, number) = (MadeUp.Mobile(1), MadeUp.IdentityNumber(1));

        var line = Written(format, redact: true, phone, number);

        Assert.Contains("[phone]", line, StringComparison.Ordinal);
        Assert.Contains("[number]", line, StringComparison.Ordinal);
        Assert.DoesNotContain(phone, line, StringComparison.Ordinal);
        Assert.DoesNotContain(number, line, StringComparison.Ordinal);
        Assert.Contains(phone, Written(format, redact: false, phone, number), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AsJson_IsOneObjectALineWithItsScopes()
    {
        using var entry = JsonDocument.Parse(Written("json", redact: true, MadeUp.Mobile(1), "x"));

        Assert.Equal(("Error", "a.category"), (entry.RootElement.GetProperty("LogLevel").GetString(), entry.RootElement.GetProperty("Category").GetString()));
        Assert.Equal("[phone]", entry.RootElement.GetProperty("State").GetProperty("Phone").GetString());
        Assert.Equal("打了电话[phone]", entry.RootElement.GetProperty("Message").GetString());
        Assert.Single(entry.RootElement.GetProperty("Scopes").EnumerateArray());
    }

    /// <summary>One entry, as the program's own formatter writes it.</summary>
    private static string Written(string format, bool redact, string phone, string number)
    {
        var builder = WebApplication.CreateBuilder(["--Logs:Format=" + format, "--Logs:Redact=" + redact, "--Logging:Console:FormatterOptions:IncludeScopes=true"]);
        builder.AddTelemetry();
        using var services = builder.Services.BuildServiceProvider();
        var formatter = services.GetServices<ConsoleFormatter>().Single(f => f.Name == services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push("of " + phone);
        using var text = new StringWriter();
        var state = new[] { KeyValuePair.Create("Phone", (object?)phone) };
        formatter.Write(new LogEntry<KeyValuePair<string, object?>[]>(LogLevel.Error, "a.category", 1, state, new InvalidOperationException("line\n" + number), (s, _) => "打了电话" + s[0].Value), scopes, text);
        return text.ToString();
    }
}
