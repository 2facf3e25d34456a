using System.Net;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform;

/// <summary>
/// What the program refuses to start with: played outside services, public passwords and made-up keys are for one developer's own machine; settings and
/// data files that cannot be used. Judged before anything listens or is written.
/// </summary>
public static class StartupGuards
{
    /// <summary>Setting that lets the site probe into networks that are not public.</summary>
    private const string ProbeNetworks = "SiteProbe:AllowedNetworks";

    /// <summary>Setting that lets webhooks be called in networks that are not public.</summary>
    private const string WebhookNetworks = "Webhooks:AllowedNetworks";

    /// <summary>Writes every reason on a line of its own to standard error; true when there is one and the program must end.</summary>
    /// <param name="app">The program as it was built.</param>
    /// <param name="reads">Each reads data that the program cannot be without; what it throws as <see cref="InvalidDataException"/> is a reason.</param>
    public static bool Refuse(WebApplication app, params Action<IServiceProvider>[] reads)
    {
        var reasons = Reasons(app, reads);
        foreach (var reason in reasons)
        {
            Console.Error.WriteLine($"Refusing to start: {reason}");
        }

        return reasons.Count > 0;
    }

    /// <summary>Why the program must not start; empty when it may. The settings first: what reads data is only asked when they are good.</summary>
    public static IReadOnlyList<string> Reasons(WebApplication app, params Action<IServiceProvider>[] reads)
    {
        var reasons = Reasons(app.Environment, app.Configuration);
        foreach (var check in reads.Prepend(services => services.GetService<IStartupValidator>()?.Validate()))
        {
            reasons = reasons.Count == 0 ? Faults(() => check(app.Services)) : reasons;
        }

        return reasons;
    }

    /// <summary>What a check complained about, without where in the program it did; anything else it throws is a fault of ours and stays one.</summary>
    private static IReadOnlyList<string> Faults(Action check)
    {
        try
        {
            check();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is OptionsValidationException))
        {
            // Options that others ask for are refused as often as they are asked for.
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [e.Message];
        }
    }

    /// <summary>Why the program must not start with this configuration; empty when it may.</summary>
    public static IReadOnlyList<string> Reasons(IHostEnvironment environment, IConfiguration configuration)
    {
        var reasons = new List<string>();
        var auth = new AuthOptions();
        configuration.GetSection(AuthOptions.Section).Bind(auth);
        var staff = new StaffOptions();
        configuration.GetSection(StaffOptions.Section).Bind(staff);

        CheckKeys(reasons, auth, configuration.GetSection(KeysOptions.Section));
        CheckRing(reasons, configuration);
        reasons.AddRange(StaffGuards.Reasons(staff));
        CheckNetworks(reasons, configuration.GetSection($"{ProxyOptions.Section}:{nameof(ProxyOptions.Known)}"));
        CheckNetworks(reasons, configuration.GetSection(ProbeNetworks), mayBeAddress: false);
        CheckNetworks(reasons, configuration.GetSection(WebhookNetworks), mayBeAddress: false);
        var conveniences = Conveniences(configuration, auth, staff);
        if (!environment.IsDevelopment())
        {
            reasons.AddRange(conveniences.Select(c => $"{c} is for Development only, and this is {environment.EnvironmentName}."));
        }
        else if (!configuration.GetValue<bool>("Sandbox:AllowRemote") && Addresses(configuration).FirstOrDefault(a => !IsLoopback(a)) is { } remote)
        {
            reasons.AddRange(conveniences.Select(c => $"{c} is for loopback only, and {remote} can be reached from outside; set Sandbox:AllowRemote to accept that."));
        }

        return reasons;
    }

    /// <summary>The things that must not be within a stranger's reach, as far as this configuration has them.</summary>
    private static List<string> Conveniences(IConfiguration configuration, AuthOptions auth, StaffOptions staff)
    {
        var found = new List<string>();
        if (configuration.GetValue<bool>("Sandbox:Enabled"))
        {
            found.Add("Sandbox:Enabled");
        }

        found.AddRange(new[] { ProbeNetworks, WebhookNetworks }.Where(n => configuration.GetSection(n).GetChildren().Any()));

        if (configuration.GetValue("Logs:Redact", defaultValue: true) is false)
        {
            found.Add("Logs:Redact false");
        }

        if (configuration.GetValue<bool>("SiteProbe:OwnPort"))
        {
            found.Add("SiteProbe:OwnPort");
        }

        if (configuration["SiteProbe:Resolver"] == SelfAddress.Self)
        {
            found.Add("SiteProbe:Resolver self");
        }

        if (staff.Members.Any(m => StaffOptions.SamplePasswords.Contains(m.Password, StringComparer.Ordinal)))
        {
            found.Add("a sample password in Staff:Members");
        }

        if (auth.SigningKeys.Count == 0)
        {
            found.Add("a generated signing key (no Auth:SigningKeys)");
        }

        if (string.IsNullOrEmpty(configuration[$"{KeysOptions.Section}:{nameof(KeysOptions.BlindIndex)}"]))
        {
            found.Add("a generated blind index key (no Keys:BlindIndex)");
        }

        if (string.IsNullOrEmpty(configuration[$"{KeysOptions.Section}:{nameof(KeysOptions.RingFile)}"]) && !configuration.GetSection($"{KeyRingOptions.Section}:{nameof(KeyRingOptions.Keys)}").GetChildren().Any())
        {
            found.Add("a generated key ring (set Keys:Ring or Keys:RingFile; docs/keys.md)");
        }

        return found;
    }

    private static void CheckKeys(List<string> reasons, AuthOptions auth, IConfiguration keys)
    {
        reasons.AddRange(SigningKeys.Faults(auth.SigningKeys));
        foreach (var name in new[] { nameof(KeysOptions.BlindIndex), nameof(KeysOptions.Audit) }.Where(n => keys[n] is { Length: > 0 } key && LocalKeys.Parse(key) is null))
        {
            reasons.Add($"Keys:{name} must be base64 of at least {LocalKeys.MinBytes} bytes.");
        }
    }

    private static void CheckRing(List<string> reasons, IConfiguration configuration)
    {
        var ring = new KeyRingOptions();
        configuration.GetSection(KeyRingOptions.Section).Bind(ring);
        if (ring.Keys.Count > 0)
        {
            reasons.AddRange(RingKeys.Faults(ring.Active, [.. ring.Keys.Select(k => (k.Id, k.Key))]).Select(f => $"Keys:Ring: {f}."));
        }
    }

    private static void CheckNetworks(List<string> reasons, IConfiguration list, bool mayBeAddress = true)
    {
        foreach (var known in list.GetChildren())
        {
            if (!IPNetwork.TryParse(known.Value, out _) && !(mayBeAddress && IPAddress.TryParse(known.Value, out _)))
            {
                reasons.Add($"{known.Path} must be {(mayBeAddress ? "an address or " : string.Empty)}a network such as 10.0.0.0/8.");
            }
        }
    }

    /// <summary>Where the server will listen: its urls, else its ports on every address; and Kestrel's own endpoints.</summary>
    private static IEnumerable<string> Addresses(IConfiguration configuration)
    {
        var urls = Split(configuration["urls"]);
        if (urls.Length == 0)
        {
            urls = [.. Split(configuration["http_ports"]).Concat(Split(configuration["https_ports"])).Select(port => $"http://*:{port}")];
        }

        return urls.Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>());
    }

    private static string[] Split(string? list) =>
        (list ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What cannot be read counts as reachable: better refused here than trusted.</summary>
    private static bool IsLoopback(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.IsUnixPipe
                || address.IsNamedPipe
                || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
