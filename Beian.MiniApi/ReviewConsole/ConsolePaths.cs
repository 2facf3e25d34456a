using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Addresses that more than one page leads to.</summary>
public static class ConsolePaths
{
    public const string Queue = ConsoleCookies.Root + "/queue";

    public const string Login = ConsoleCookies.Root + "/login";

    public const string Logout = ConsoleCookies.Root + "/logout";

    public const string Language = ConsoleCookies.Root + "/language";

    public const string Password = ConsoleCookies.Root + "/password";

    public const string Account = ConsoleCookies.Root + "/account";

    public const string Stats = ConsoleCookies.Root + "/stats";

    /// <summary>Answers nothing; the script asks it while somebody types, so that the login stays.</summary>
    public const string Alive = ConsoleCookies.Root + "/alive";

    public const string Deliveries = ConsoleCookies.Root + "/deliveries";

    public const string Staff = ConsoleCookies.Root + "/staff";

    public const string Resources = ConsoleCookies.Root + "/resources";

    public const string Codes = ConsoleCookies.Root + "/codes";

    public const string Audit = ConsoleCookies.Root + "/audit";

    public const string SecondFactor = ConsoleCookies.Root + "/second-factor";

    /// <summary>Everybody who has an SMS code to enter.</summary>
    public const string Sms = ConsoleCookies.Root + "/sms";

    /// <summary>Hands several filings over.</summary>
    public const string HandOvers = ConsoleCookies.Root + "/hand-overs";

    /// <summary>Files of results.</summary>
    public const string Results = ConsoleCookies.Root + "/results";

    /// <summary>Texts for sending back.</summary>
    public const string Reasons = ConsoleCookies.Root + "/reasons";

    /// <summary>The page of one filing.</summary>
    public static string Filing(string filingId) => $"{ConsoleCookies.Root}/filings/{Uri.EscapeDataString(filingId)}";
}
