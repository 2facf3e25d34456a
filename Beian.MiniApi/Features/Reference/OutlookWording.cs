using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Words an outlook in one language. What the data has in Chinese only, such as the words that are looked for, stays as it is.</summary>
internal sealed class OutlookWording(ReferenceBook book, TextCatalogue texts, bool english)
{
    public FilingOutlookView View(FilingOutlook o) => new(
        new NamedView<string>(o.Shape.Province, Say(book.FindProvince(o.Shape.Province)!.Names)),
        new NamedView<int>(o.Shape.Nature, Say(book.FindNature(o.Shape.Nature)!.Names)),
        o.Shape.Kind,
        o.Day,
        o.RulesVersion,
        o.PackVersions,
        [.. o.Fields.Select(Field)],
        [.. o.People.Select(Person)],
        [.. o.Papers.Select(Paper)],
        Limits(o.Limits),
        [.. o.Waiting.Select(w => new WaitOutlookView(w.Gate, w.Min, w.Max, w.Unit, Say(w.Text), w.Rule?.Id, w.Rule?.PackVersion, w.Source))],
        o.Estimate is { } e ? Estimate(e) : null,
        [.. o.Notes.Select(n => new OutlookNoteView(n.About, Say(n.Text), n.Rule?.Id, n.Rule?.PackVersion))],
        [.. o.Upcoming.Select(u => new UpcomingChangeView(u.From, u.Ends ? "ends" : "begins", u.About, Rule(u.Statement)))]);

    private FieldOutlookView Field(FieldOutlook f) => new(
        f.Row.Id, f.Row.Step, f.Row.Pointer, Say(f.Row.Label), f.Row.Type, f.Required, f.Prefilled, f.Row.MaxLength, f.Row.Hint is { } hint ? Say(hint) : null, f.Row.ReferenceSet, Rules(f.Rules));

    private PersonOutlookView Person(PersonOutlook p) => new(
        p.Role,
        p.Needed,
        Say(p.Text),
        p.MustBeLegalRepresentative,
        [.. p.Delegations.Select(d => new DelegationView(d.When is { } when ? Say(when) : null, d.Answer, d.Letters))],
        p.MinAge,
        p.MinAgeWithPapers,
        p.MaxAge?.Male,
        p.MaxAge?.Female,
        p.FaceCheck,
        p.Sms,
        Rules(p.Rules));

    private PaperOutlookView Paper(PaperOutlook p)
    {
        var (row, first) = (p.Row, p.Reasons[0]);
        var video = MaterialFormat.Of(book, row.Id) is { IsVideo: true };
        return new PaperOutlookView(
            row.Id,
            Say(row.Names),
            row.Parts,
            p.Owner,
            p.Required,
            first.When is { } when ? Say(when) : null,
            new CountView(row.MinCount, row.MaxCount),
            video ? ["mp4"] : p.Format.Extensions,
            MaterialLimits.BytesOf(video ? MediaType.Mp4 : MediaType.Jpeg),
            p.Format.MaxBytes,
            p.Format.MinBytes,
            p.Format.MinLongSide,
            p.Format.MinShortSide,
            video ? (int)MaterialLimits.VideoSeconds : null,
            p.MinRemainingMonths,
            p.MaxAgeMonths,
            p.MaxAgeDays,
            p.Signing,
            p.Template,
            p.Template is not null,
            [.. p.Reasons.SelectMany(r => r.Alternatives).Distinct()],
            row.Remarks is { } remarks ? Say(remarks) : null,
            first.Rule.Id,
            first.Rule.PackVersion,
            first.Weight,
            first.Source,
            [.. p.Reasons.Skip(1).Select(r => new PaperReasonView(r.Rule.Id, r.Rule.PackVersion, r.Weight, r.When is { } w ? Say(w) : null, r.Source))]);
    }

    private LimitsOutlookView Limits(LimitsOutlook l) => new(
        l.SitesPerFiling,
        l.SitesInTotal,
        l.SitesInTotalBinding,
        l.OneSiteWhenFiledOver,
        l.DomainsPerSite,
        l.OpenFilings,
        l.CertificateMonthsOfPerson,
        l.CertificateMonthsOfSubject,
        l.DomainMonths,
        new SuffixOutlookView("domain-suffixes", l.Suffixes.List, l.Suffixes.Only, l.Suffixes.Denied),
        l.Holder,
        Rules(l.Rules));

    private EstimateView Estimate(EstimateOutlook e) =>
        new(e.MinDays, e.MaxDays, Say(Phrase.Say("outlook.wait.estimate", ("min", e.MinDays), ("max", e.MaxDays))), e.Rule.Id, e.Rule.PackVersion, e.Source);

    private IReadOnlyList<RuleTextView> Rules(IReadOnlyList<RuleStatement> rules) => [.. rules.Select(Rule)];

    private RuleTextView Rule(RuleStatement s) => new(s.Rule.Id, s.Rule.PackVersion, Say(s.Text), s.Weight);

    private string Say(LocalText text) => english ? text.En : text.Zh;

    private string Say(Phrase phrase)
    {
        if (phrase.Parts.Count > 0)
        {
            return string.Join(english ? " " : string.Empty, phrase.Parts.Select(Say));
        }

        return phrase.Code is { } code ? texts.Find(code, english, phrase.Args.ToDictionary(a => a.Key, a => List(a.Value), StringComparer.Ordinal)).Detail : Say(phrase.Quote!);
    }

    /// <summary>Chinese words and signs that English speaks about stand in quotes.</summary>
    private string Quoted(string word) => english && word.Any(c => c >= '\u3000') ? $"“{word}”" : word;

    private string List(Said said) => string.Join(english ? ", " : "、", said.Words.Select(w => Quoted(texts.Word(w, english))));
}
