using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What sort of filing is asked about, before anything is typed.</summary>
/// <param name="Province">Division code.</param>
/// <param name="Nature">Code of the subject natures.</param>
/// <param name="Kind">A first filing, or a site added to a filed subject.</param>
public sealed record FilingShape(string Province, int Nature, FilingKind Kind)
{
    public bool Individual => Nature == Filing.NatureIndividual;

    /// <summary>The kind as the data names it.</summary>
    public string DataKind => Kind == FilingKind.AddSite ? "AddServiceLocal" : "FirstFiling";

    /// <summary>The kind by our name or the data's; null for any other text.</summary>
    public static FilingKind? KindOf(string? name) => name switch
    {
        "firstFiling" or "FirstFiling" => FilingKind.FirstFiling,
        "addSite" or "AddServiceLocal" => FilingKind.AddSite,
        _ => null,
    };
}

/// <summary>What a provider decides for itself, as far as it changes what is needed.</summary>
/// <param name="RealNameMustMatch">Whether the subject must be the account's verified real name.</param>
/// <param name="FaceCheckSupports">Whether the face check can handle a certificate type.</param>
/// <param name="Serves">Whether filings of a province are taken.</param>
public sealed record OutlookPolicy(bool RealNameMustMatch, Func<int, bool> FaceCheckSupports, Func<string, bool> Serves);
