using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What is known of the subject a site is added to.</summary>
/// <param name="Sites">Sites filed for it already.</param>
/// <param name="SiteNames">Their names, where known.</param>
public sealed record FiledFacts(int Sites, IReadOnlyList<string> SiteNames)
{
    /// <summary>A subject that is not filed yet.</summary>
    public static readonly FiledFacts None = new(0, []);
}

/// <summary>What the rules need to know besides the filing.</summary>
/// <param name="Book">The reference data.</param>
/// <param name="Rules">The rules of all provinces.</param>
/// <param name="RealName">What the provider knows about the account's identity.</param>
/// <param name="RealNameMustMatch">Policy switch: the subject must be the account's real name; default on.</param>
/// <param name="FaceCheckSupports">Whether the face check can handle a certificate type.</param>
/// <param name="Now">Business time.</param>
public sealed record RuleContext(ReferenceBook Book, RuleBook Rules, RealName RealName, bool RealNameMustMatch, Func<int, bool> FaceCheckSupports, DateTimeOffset Now)
{
    /// <summary>The filed subject a site is added to; <see cref="FiledFacts.None"/> for a first filing.</summary>
    public FiledFacts Filed { get; init; } = FiledFacts.None;

    /// <summary>The day it is in China.</summary>
    public DateOnly Today => ChinaTime.DateOf(Now);
}
