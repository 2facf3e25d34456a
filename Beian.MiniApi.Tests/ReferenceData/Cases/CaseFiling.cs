using System.Globalization;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>The filing of a case, made by the real verbs, and what it is judged with.</summary>
internal sealed class CaseFiling
{
    private readonly CaseInput _in;
    private readonly CaseWorld _world;
    private readonly CaseForm _form;

    public CaseFiling(CaseInput input, CaseWorld world)
    {
        (_in, _world, _form) = (input, world, new CaseForm(input, world));
        Context = MakeContext();
        Filing = WithPapers(WithPeople(Verified(Started())));
    }

    public Filing Filing { get; private set; }

    public RuleContext Context { get; }

    private RuleContext MakeContext()
    {
        var subject = _form.Subject;
        var kind = _form.Individual ? RealNameKind.Individual : RealNameKind.Organisation;
        var known = string.IsNullOrEmpty(_form.Verification.CertificateNumber) || string.IsNullOrWhiteSpace(subject.Name)
            ? RealName.None
            : RealName.Verified(kind, subject.Name, _form.Verification.CertificateType, _form.Verification.CertificateNumber, _world.Now.AddDays(-30)).Value;
        var filed = _in.Number("sitesFiled") ?? (_in.Flag("emptyShell") == true ? 0 : _form.IsAdded ? 1 : 0);
        return new RuleContext(_world.Book, TheBook.Rules, known, false, _ => true, _world.Now)
        {
            Filed = new FiledFacts(filed, [.. _in.Texts("filedSiteNames") ?? []]),
        };
    }

    private Filing Started()
    {
        var started = Filing.Start("filing-1", FilingNumber.Create(_world.Now, 1), "account-1", AFiling.Applicant, _world.Now);
        if (_form.IsAdded)
        {
            started = started.ForSubject("subject-1", AFiling.SubjectNumber, "subject-key", _form.Verification, _form.Subject with { Principal = _form.Principal });
        }

        // Further sites come before it is known who files: nobody is stopped then.
        return Enumerable.Range(2, _form.Sites - 1).Aggregate(started, (filing, n) => filing.AddSite(_form.Further(n), filing.Open(), AFiling.Applicant, _world.Now).Value);
    }

    private Filing Verified(Filing filing)
    {
        var evidence = new CaseEvidence(_in, _world, _form);
        var typed = _form.Verification with { Domain = evidence.Domain };
        return filing.PutVerification(typed, evidence.Judge(), AForm.SiteId, filing.Open(), AFiling.Applicant, _world.Now).Value;
    }

    private Filing WithPeople(Filing filing)
    {
        filing = _form.IsAdded
            ? filing.ConfirmSubject(true, _world.Rules, AFiling.Applicant, _world.Now).Value
            : filing.PutSubject(_form.Subject, filing.Open(), AFiling.Applicant, _world.Now).Value
                .Then(f => f.PutSubjectPrincipal(_form.Principal, f.Open(), AFiling.Applicant, _world.Now));
        if (filing.FindSite(AForm.SiteId) is { } site)
        {
            filing = filing.PutSite(_form.Fill(site), filing.Open(), AFiling.Applicant, _world.Now).Value
                .Then(f => f.PutSitePrincipal(AForm.SiteId, _form.OwnSitePrincipal is null, _form.OwnSitePrincipal ?? Person.Empty, f.Open(), AFiling.Applicant, _world.Now))
                .Then(f => f.RecordFaceCheck(AForm.SiteId, Face(f.PrincipalOf(f.FindSite(AForm.SiteId)!)), AFiling.Applicant));
        }

        foreach (var further in filing.Snapshot.Sites.Where(s => s.Id != AForm.SiteId).ToArray())
        {
            filing = filing.RecordFaceCheck(further.Id, Face(filing.PrincipalOf(further)), AFiling.Applicant).Value;
        }

        return filing;
    }

    /// <summary>A check that passed for its own person, or one whose result is about somebody else.</summary>
    private FaceCheck Face(Person person)
    {
        _ = _in.Text("siteManager");
        var digest = PersonDigest.Of(person.Name!, person.CertificateType!.Value, person.CertificateNumber!);
        var seen = _in.Text("livenessBy") == "otherPerson" ? PersonDigest.Of("测试戊", 2, MadeUp.IdentityNumber(4000)) : digest;
        return FaceCheck.Started("check-1", "ref-1", digest, null, _world.Now, FaceCheck.TimeToFinish).Pass("check-1", seen, _world.Now);
    }

    /// <summary>The papers the input names and those due everywhere; without such a list, whatever is due.</summary>
    private Filing WithPapers(Filing filing)
    {
        var named = _in.Texts("materials");
        var single = _in.Text("material");
        foreach (var kind in named ?? (single is null || _in.Has("files") ? [] : [single]))
        {
            filing = With(filing, kind);
        }

        foreach (var due in Requirements.Of(filing, Context).Due.Where(f => f.MaterialKind is not null && (named is null || DueEverywhere(f.MaterialKind)) && !IsHeldBack(f.MaterialKind, f.MaterialPart)).ToArray())
        {
            filing = Add(filing, due.MaterialKind!, due.MaterialPart, due.SiteId);
        }

        return filing;
    }

    private bool DueEverywhere(string kind) => _world.Book.FindMaterial(kind) is { Required: "always", Provinces: null };

    /// <summary>Of the material in question only so many files are there.</summary>
    private bool IsHeldBack(string kind, string? part) =>
        kind == _in.Text("material") && _in.Number("files") is { } files && (part is null ? files == 0 : _world.Book.FindMaterial(kind)!.Parts.ToList().IndexOf(part) >= files);

    private Filing With(Filing filing, string kind)
    {
        var row = _world.Book.FindMaterial(kind) ?? throw new InvalidOperationException($"There is no material {kind}.");
        IReadOnlyList<string?> owners = row.AppliesTo == "website" ? [.. filing.Snapshot.Sites.Select(s => s.Id)] : [null];
        IReadOnlyList<string?> parts = row.Parts.Count == 0 ? [null] : [.. row.Parts];
        return owners.Aggregate(filing, (f, owner) => parts.Aggregate(f, (g, part) => Add(g, kind, part, owner)));
    }

    private Filing Add(Filing filing, string kind, string? part, string? owner)
    {
        var signed = _in.Text("letterSignedOn") is { } day && kind == _in.Text("material") ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : (DateOnly?)null;
        var paper = AForm.Paper(kind, part, owner, "m-" + (filing.Snapshot.Materials.Count + 1)) with { SignedOn = signed };
        return filing.AddMaterial(paper, 1, filing.Open(), AFiling.Applicant, _world.Now).Value;
    }
}
