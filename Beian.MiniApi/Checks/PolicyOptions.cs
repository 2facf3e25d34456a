namespace Beian.MiniApi.Checks;

/// <summary>What a provider may decide for itself.</summary>
public sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The subject must be the account's verified real name; default true.</summary>
    public bool RealNameMustMatch { get; set; } = true;

    /// <summary>Provinces this provider files in, by division code; empty (the default) means all of them.</summary>
    public IList<string> Provinces { get; } = [];

    /// <summary>复审: an approval needs a second reviewer, who must not be the first; default false.</summary>
    public bool SecondReviewer { get; set; }

    /// <summary>How many "already in use" answers an account gets a day before they are for the reviewer alone; default 10.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 1000)]
    public int InUseAnswersPerDay { get; set; } = 10;
}
