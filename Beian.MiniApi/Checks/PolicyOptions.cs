namespace Beian.MiniApi.Checks;

/// <summary>What a provider may decide for itself.</summary>
public sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The subject must be the account's verified real name; default true.</summary>
    public bool RealNameMustMatch { get; set; } = true;

    /// <summary>Provinces this provider files in, by division code; empty (the default) means all of them.</summary>
    public IList<string> Provinces { get; } = [];

    /// <summary>How long one request waits for the checks of outside facts, in seconds; default 4.5, so that an answer comes within 5.</summary>
    [System.ComponentModel.DataAnnotations.Range(0.1, 30)]
    public double CheckSeconds { get; set; } = 4.5;

    /// <summary>How many "already in use" answers an account gets a day before they are for the reviewer alone; default 10.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 1000)]
    public int InUseAnswersPerDay { get; set; } = 10;
}
