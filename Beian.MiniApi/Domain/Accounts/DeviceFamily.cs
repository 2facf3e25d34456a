namespace Beian.MiniApi.Domain.Accounts;

/// <summary>
/// A short name for what somebody logged in with, such as <c>WeChat on iOS</c>. Made of a few words of ours alone: nothing of what a device says about
/// itself is kept.
/// </summary>
public static class DeviceFamily
{
    /// <summary>Longest text looked at, in characters.</summary>
    private const int MaxLength = 1_000;

    /// <summary>The first that is found counts; browsers name the ones they descend from too.</summary>
    private static readonly (string Sign, string Name)[] Programs =
    [
        ("wechatdevtools", "WeChat developer tools"), ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("iPhone", "iOS"), ("iPad", "iOS"), ("iPod", "iOS"), ("Android", "Android"), ("Windows", "Windows"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>The name, or null when the text tells neither program nor system.</summary>
    /// <param name="userAgent">The header as it came, or null.</param>
    public static string? Of(string? userAgent)
    {
        if (string.IsNullOrEmpty(userAgent))
        {
            return null;
        }

        var text = userAgent.Length > MaxLength ? userAgent[..MaxLength] : userAgent;
        return (Find(Programs, text), Find(Systems, text)) switch
        {
            ({ } program, { } system) => $"{program} on {system}",
            var (program, system) => program ?? system,
        };
    }

    private static string? Find((string Sign, string Name)[] signs, string text) =>
        Array.Find(signs, s => text.Contains(s.Sign, StringComparison.OrdinalIgnoreCase)).Name;
}
