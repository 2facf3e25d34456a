using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Features.Consents;

/// <summary>One record of consent.</summary>
/// <param name="Id">Of the record.</param>
/// <param name="TextId">Id of the reference set <c>agreements</c>; <c>wechat</c> for an authorisation inside WeChat.</param>
/// <param name="Version">Version of the text; null for WeChat's.</param>
/// <param name="Action"><c>given</c> or <c>withdrawn</c>.</param>
/// <param name="Source"><c>user</c>, <c>submission</c> or <c>wechat</c>.</param>
/// <param name="At">When.</param>
/// <param name="FilingId">The filing it was given with, or null.</param>
/// <param name="Note">WeChat's words for what was withdrawn there, or null.</param>
public sealed record ConsentView(string Id, string TextId, string? Version, ConsentAction Action, ConsentSource Source, DateTimeOffset At, string? FilingId, string? Note)
{
    public static ConsentView From(Consent consent) =>
        new(consent.Id, consent.TextId, consent.Version, consent.Action, consent.Source, consent.At, consent.FilingId, consent.Note);
}
