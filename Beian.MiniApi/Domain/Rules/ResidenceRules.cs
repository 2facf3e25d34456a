using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>An individual from another province or country.</summary>
internal static class ResidenceRules
{
    private const int Passport = 7;
    private const int PermanentResident = 30;

    public static void Judge(Situation s, FindingList findings)
    {
        // Whoever is filed already was let in then.
        if (s.Individual != true || s.Province is not { } province || s.Kind != "FirstFiling")
        {
            return;
        }

        var number = s.Verification.CertificateNumber ?? s.Principal.Person.CertificateNumber;
        var type = s.Verification.CertificateType ?? s.Principal.Person.CertificateType;
        if (type is Passport or PermanentResident && s.Rules.Find<bool>("individualForeignerAllowed", s.Kind) is { Value: false } foreign)
        {
            findings.By(foreign.Row, new Finding("/verification/certificateType", "subject.individual.foreignerNotAllowed") { Step = "verification" });
        }

        if (People.ProvinceOf(type, number) is not { } home || home == province)
        {
            return;
        }

        if (s.Rules.Find<bool>("individualNonLocalAllowed", s.Kind) is { Value: false } closed)
        {
            findings.By(closed.Row, new Finding("/verification/certificateNumber", "subject.individual.otherProvince") { Step = "verification" });
        }
        else if (s.Rules.On("individualResidenceProofRequired", s.Kind) is { } required)
        {
            Proof(required, s, findings);
        }
    }

    /// <summary>Any of the province's accepted papers is enough; the first of them is asked for. With a proof that only others take, the list judges.</summary>
    private static void Proof(RuleRow required, Situation s, FindingList findings)
    {
        var accepted = s.Rules.Find<IReadOnlyList<string>>("acceptedResidenceProofs", s.Kind);
        var kinds = accepted?.Value ?? ["residencePermit"];
        if (!kinds.Any(k => s.Has(k)))
        {
            var brought = s.Filing.Snapshot.Materials.Any(m => m.SiteId is null && s.Context.Rules.ResidenceProofs.Contains(m.Kind));
            MaterialRules.Demand(brought && accepted is not null ? accepted.Row : required, kinds[0], null, s, findings, alternatives: kinds.Skip(1));
        }
    }
}
