using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Outlook;

/// <summary>Filings that run into every rule there is.</summary>
internal static class Strange
{
    private static readonly string Words = string.Join('、', TheBook.Rules.Names.SelectMany(n => n.Words.All.Concat(n.Map.SelectMany(m => m.Words)))
        .Concat(TheBook.Shipped.Tables.PreApprovalTypes.SelectMany(t => t.Keywords))
        .Concat(["医院", "旅行社", "食品", "法律", "应用商店", "电信业务"]).Distinct());

    public static IEnumerable<Filing> Of(FilingShape shape)
    {
        var plain = AnOutlook.FilledIn(shape);
        string[] others = ["110101", "310101"];
        var elsewhere = others.First(c => c[..2] != shape.Province[..2]);
        yield return Everywhere(plain, elsewhere, 14);
        yield return Everywhere(plain, elsewhere, 17);
        yield return Everywhere(plain, elsewhere, 20);
        yield return Everywhere(plain, elsewhere, 70);
        yield return InNames(plain);
        yield return Foreign(plain);
        yield return TheLetters.With(Everywhere(plain, elsewhere, 30), s => s with { Subject = s.Subject with { Principal = s.Subject.Principal with { CertificateNumber = MadeUp.IdentityNumber(7300, shape.Province[..2] + "0101") } } });
    }

    /// <summary>Words in the subject and its scope, people of that age from elsewhere, delegates, seven sites of all contents.</summary>
    private static Filing Everywhere(Filing plain, string county, int age) => TheLetters.With(plain, s =>
    {
        var number = MadeUp.IdentityNumber(AFiling.Noon.AddYears(-age).AddDays(-200).Date.Subtract(new DateTime(1970, 1, 1)).Days, county);
        var principal = s.Subject.Principal with { CertificateNumber = number };
        var individual = plain.IsIndividual == true;
        var site = s.Sites[0] with
        {
            ServiceContents = [.. TheBook.Shipped.Tables.ServiceContents.Select(c => c.Code)],
            PreApprovals = [.. TheBook.Shipped.Tables.PreApprovalTypes.Select(t => new PreApproval(t.Id, "1"))],
            SameAsSubjectPrincipal = false,
            Principal = AForm.OtherPrincipal with { CertificateNumber = number },
            Remark = Words,
            Checks = s.Sites[0].Checks with { Results = [CheckResult.Unknown("domain.holder", UnknownReason.NotDisclosed, null, AFiling.Noon)] },
        };
        return s with
        {
            Verification = s.Verification with { CertificateNumber = individual ? number : s.Verification.CertificateNumber },
            Subject = s.Subject with
            {
                Name = individual ? s.Subject.Name : Words + "有限公司",
                BusinessScope = individual ? null : Words,
                LegalRepresentative = individual ? null : new LegalRepresentative("测试丙", 2, number),
                Principal = principal,
            },
            Sites = [.. Enumerable.Range(0, 7).Select(n => site with { Id = "site-" + n, Name = n == 0 ? Words : "测试甲" + n })],
        };
    });

    /// <summary>Words in the names of the sites alone, one principal for everything who is a delegate.</summary>
    private static Filing InNames(Filing plain) => TheLetters.With(plain, s => s with
    {
        Subject = s.Subject with { LegalRepresentative = plain.IsIndividual == true ? null : new LegalRepresentative("测试丙", 2, MadeUp.IdentityNumber(7400)) },
        Sites = [.. Words.Split('、').Chunk(12).Select((words, n) => s.Sites[0] with { Id = "site-" + n, Name = string.Concat(words), PreApprovals = [], Remark = string.Concat(words), ServiceContents = [13] })],
    });

    private static Filing Foreign(Filing plain) => TheLetters.With(plain, s => s with
    {
        Verification = plain.IsIndividual == true ? s.Verification with { CertificateType = 7, CertificateNumber = "E00000000" } : s.Verification,
        Subject = s.Subject with { Principal = s.Subject.Principal with { CertificateType = 7, CertificateNumber = "E00000000" } },
        Sites = [s.Sites[0] with { SameAsSubjectPrincipal = false, Principal = AForm.OtherPrincipal with { CertificateType = 30, CertificateNumber = "X00000000000000" } }],
    });
}
