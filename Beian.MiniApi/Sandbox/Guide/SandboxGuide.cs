using System.Net;
using System.Text;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Guide;

/// <summary>The guide at <c>/sandbox</c>: everything that is played, and how to make it go wrong. The demo inventory is listed from its code.</summary>
internal static class SandboxGuide
{
    public static void MapSandboxGuide(this IEndpointRouteBuilder routes)
    {
        var page = HtmlPage.Of("en", "Sandbox guide", Text().Replace("{{inventory}}", Inventory(), StringComparison.Ordinal)
            .Replace("{{staff}}", Staff(routes.ServiceProvider.GetRequiredService<IOptions<StaffOptions>>().Value), StringComparison.Ordinal));
        if (routes.MapSandbox("/sandbox") is not { } sandbox)
        {
            return;
        }

        sandbox.MapGet("", () => TypedResults.Content(page, "text/html", Encoding.UTF8));
    }

    private static string Inventory()
    {
        var now = DateTimeOffset.UnixEpoch;
        var rows = DemoInventory.Eligible(now).Select(r => (r.Id, r.Type, DemoInventory.Provider, Says: "eligible"))
            .Concat(DemoInventory.Ineligible(now).Select(r => (r.Id, r.Type, DemoInventory.Provider, Says: "refused, for the reason in its name")))
            .Concat(DemoInventory.JourneyAccounts.Select(a => (Id: DemoInventory.ServerOf(a), Type: "cvm", a, Says: "eligible; the server of a journey")));
        return string.Concat(rows.Select(r => $"<tr><td><code>{r.Id}</code></td><td>{r.Type}</td><td><code>{r.Item3}</code></td><td>{r.Says}</td></tr>\n"));
    }

    /// <summary>Only passwords that stand in the sample settings are shown; any other is its owner's secret.</summary>
    private static string Staff(StaffOptions staff) => string.Concat(staff.Members.Select(m =>
    {
        var password = StaffOptions.SamplePasswords.Contains(m.Password, StringComparer.Ordinal) ? $"<code>{m.Password}</code>" : "as configured";
        return $"<tr><td><code>{WebUtility.HtmlEncode(m.UserName)}</code></td><td>{WebUtility.HtmlEncode(m.Role)}</td><td>{password}</td></tr>\n";
    }));

    private static string Text()
    {
        using var stream = typeof(SandboxGuide).Assembly.GetManifestResourceStream("Beian.MiniApi.Sandbox.Guide.guide.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
