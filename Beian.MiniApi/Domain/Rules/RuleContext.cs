using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What the rules need to know besides the filing.</summary>
/// <param name="Book">The reference data.</param>
/// <param name="RealName">What the provider knows about the account's identity.</param>
/// <param name="RealNameMustMatch">Policy switch: the subject must be the account's real name; default on.</param>
/// <param name="FaceCheckSupports">Whether the face check can handle a certificate type.</param>
/// <param name="Now">Business time.</param>
public sealed record RuleContext(ReferenceBook Book, RealName RealName, bool RealNameMustMatch, Func<int, bool> FaceCheckSupports, DateTimeOffset Now)
{
    /// <summary>The day it is in China.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(8)).Date);
}
