using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>A text that the applicant wrote to be published, or to go on record beside what is.</summary>
/// <param name="Field">Canonical path of the field.</param>
/// <param name="SiteId">The site it is about; null for the subject.</param>
/// <param name="Value">As typed; never blank.</param>
public sealed record PublishedText(string Field, string? SiteId, string Value)
{
    /// <summary>Tells this text from any other, in lower-case hex.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)));

    public override string ToString() => $"{nameof(PublishedText)} {Field}";
}

/// <summary>What the content safety said of one text. It counts for exactly that text.</summary>
/// <param name="Digest">Of the text that was judged.</param>
/// <param name="Result">What was said; its field is the text's.</param>
public sealed record TextJudgement(string Digest, CheckResult Result);
