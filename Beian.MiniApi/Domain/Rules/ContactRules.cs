using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>One phone, one address, one person: what the last check found of the principals' contacts elsewhere.</summary>
internal static class ContactRules
{
    public static void Judge(Situation s, FindingList findings)
    {
        var filing = s.Filing;
        foreach (var result in filing.ResultsOfSubject().Where(r => r.Check == CheckNames.ContactReuse))
        {
            VerificationRules.Report(result, result.Field!, "subjectPrincipal", null, s, findings);
        }

        foreach (var site in filing.Snapshot.Sites)
        {
            foreach (var result in filing.ResultsOf(site).Where(r => r.Check == CheckNames.ContactReuse))
            {
                VerificationRules.Report(result, FormFields.Pointer(result.Field!, filing.Snapshot.Sites), "sitePrincipal", site.Id, s, findings);
            }
        }
    }
}
