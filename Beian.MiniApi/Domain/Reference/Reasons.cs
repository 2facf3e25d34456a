using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>A text that reviewers choose from when they send a filing back.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="Stages">Who says it: <c>provider</c>, <c>authority</c>.</param>
/// <param name="Field">What it is about, one of <see cref="ReasonFields.All"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Suggestion">What to do.</param>
/// <param name="FilingKinds">Kinds of filing, in the data's names; null for all.</param>
/// <param name="Provinces">Division codes; null for all.</param>
/// <param name="Material">Paper it is about; null for none.</param>
public sealed record RejectionReason(
    string Id, IReadOnlyList<string> Stages, string Field, string Reason, string Suggestion, IReadOnlyList<string>? FilingKinds, IReadOnlyList<string>? Provinces, string? Material)
{
    /// <summary>Whether it can be said of a filing of that kind in that province.</summary>
    /// <param name="stage"><c>provider</c> or <c>authority</c>.</param>
    /// <param name="isFirst">True for a first filing, false where a site is added.</param>
    /// <param name="province">Division code, or null while none is known.</param>
    public bool Fits(string stage, bool isFirst, string? province) =>
        Stages.Contains(stage)
        && (Provinces is null || (province is not null && Provinces.Contains(province)))
        && (FilingKinds is null || FilingKinds.Any(k => k == "FirstFiling" ? isFirst : !isFirst && k.StartsWith("AddService", StringComparison.Ordinal)));
}

/// <summary>The fields that the texts for sending back are about, in the words of their source, and where they stand in a filing.</summary>
public static class ReasonFields
{
    /// <summary>The field of texts about papers.</summary>
    public const string Papers = "materials";

    /// <summary>Pointers by field; <c>*</c> stands for every site, the empty pointer for the whole filing.</summary>
    public static readonly FrozenDictionary<string, IReadOnlyList<string>> All = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["kind"] = ["/verification"],
        ["subject"] = ["/subject"],
        ["subject.name"] = ["/subject/name"],
        ["subject.certificateNumber"] = ["/verification/certificateNumber"],
        ["subject.certificateAddress"] = ["/subject/certificateAddress"],
        ["subject.address"] = ["/subject/mailingAddress"],
        ["subject.region"] = ["/verification/region"],
        ["subject.principal"] = ["/subject/principal"],
        ["person.idNumber"] = ["/subject/principal/certificateNumber", "/sites/*/principal/certificateNumber"],
        ["person.mobile"] = ["/subject/principal/mobile", "/sites/*/principal/mobile"],
        ["person.emergencyContact"] = ["/subject/principal/emergencyPhone", "/sites/*/principal/emergencyPhone"],
        ["service.domain"] = ["/verification/domain", "/sites/*/domain"],
        ["service.resource"] = ["/verification/resource", "/sites/*/resource"],
        ["service.name"] = ["/sites/*/name"],
        ["service.content"] = ["/sites/*/serviceContents"],
        ["service.preApproval"] = ["/sites/*/preApprovals"],
        ["service.remark"] = ["/sites/*/remark"],
        ["service.manager"] = ["/sites/*/principal"],
        ["service.manager.liveness"] = ["/sites/*/faceCheck"],
        [Papers] = ["/materials"],
        ["existing.services"] = [""],
        ["sms"] = [""],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a text about that field can be said of what stands at that pointer.</summary>
    /// <param name="field">One of <see cref="All"/>; any other one stands nowhere.</param>
    /// <param name="pointer">JSON pointer into a filing, sites by index.</param>
    public static bool Holds(string field, string pointer) => All.TryGetValue(field, out var patterns) && patterns.Contains(Pattern(pointer));

    /// <summary>The pointer with <c>*</c> for its site.</summary>
    public static string Pattern(string pointer)
    {
        const string sites = "/sites/";
        if (!pointer.StartsWith(sites, StringComparison.Ordinal))
        {
            return pointer;
        }

        var end = pointer.IndexOf('/', sites.Length);
        return end < 0 ? sites + "*" : string.Concat(sites, "*", pointer.AsSpan(end));
    }
}
