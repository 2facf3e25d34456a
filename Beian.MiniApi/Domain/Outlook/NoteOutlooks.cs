using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What else a source says, for people.</summary>
internal static class NoteOutlooks
{
    public static IReadOnlyList<OutlookNote> Of(Outset o) => [.. Provider(o), .. Lists(o), .. Words(o), .. Papers(o), .. Conflicts(o)];

    private static IEnumerable<OutlookNote> Provider(Outset o) => o.Policy.Serves(o.Shape.Province) ? [] : [new OutlookNote("provider", Phrase.Say("outlook.note.notServed"), null)];

    private static IEnumerable<OutlookNote> Lists(Outset o)
    {
        var province = o.Book.FindProvince(o.Shape.Province);
        var own = (province?.Notes ?? []).Select(n => new OutlookNote("province", Phrase.Of(n), null));
        (string Key, string About)[] keys = [("preApprovalNotes", "preApproval"), ("siteNameNotes", "siteName")];
        return own.Concat(keys.SelectMany(k => o.Find<IReadOnlyList<string>>(k.Key) is { } notes ? RuleWords.Of(notes.Row).Select(n => new OutlookNote(k.About, Phrase.Of(n), notes.Ref)) : []));
    }

    private static IEnumerable<OutlookNote> Words(Outset o)
    {
        if (o.Find<RemarkRules>("remarkRules") is { Value.Notes: not null } remarks)
        {
            yield return new OutlookNote("remark", Phrase.Of(RuleWords.Of(remarks.Row)[0]), remarks.Ref);
        }

        if (o.Find<AddressRules>("addressRules") is { Value.Notes: not null } addresses)
        {
            yield return new OutlookNote("address", Phrase.Of(RuleWords.Of(addresses.Row)[0]), addresses.Ref);
        }
    }

    private static IEnumerable<OutlookNote> Papers(Outset o)
    {
        if (o.Find<bool>("copyWithSealAccepted") is { } copy)
        {
            yield return new OutlookNote("papers", copy.Value ? Phrase.Say("outlook.note.copyAccepted") : Phrase.Say("outlook.note.originalsOnly"), copy.Ref);
        }
    }

    /// <summary>Where the sources do not agree; the rules follow the first.</summary>
    private static IEnumerable<OutlookNote> Conflicts(Outset o)
    {
        var rows = o.Rules.Rows.Where(r => r.Judges(o.Shape.DataKind)).SelectMany(r => r.Conflicts.Select(c => (Conflict: c, Rule: (RuleRef?)r.Ref)));
        var own = (o.Book.FindProvince(o.Shape.Province)?.Conflicts ?? []).Select(c => (Conflict: c, Rule: (RuleRef?)null));
        return rows.Concat(own).Select(c => new OutlookNote("conflict", Conflict(c.Conflict), c.Rule));
    }

    private static Phrase Conflict(RuleConflict conflict) => conflict.Chosen is { } chosen
        ? Phrase.Say("outlook.note.conflict", ("field", conflict.Field), ("chosen", chosen), ("other", conflict.Other), ("source", conflict.OtherSource))
        : Phrase.Say("outlook.note.otherSource", ("field", conflict.Field), ("other", conflict.Other), ("source", conflict.OtherSource));
}
