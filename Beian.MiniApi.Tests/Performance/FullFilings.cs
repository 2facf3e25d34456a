using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>Organisation filings with everything in them.</summary>
internal static class FullFilings
{
    /// <summary>Three sites with a principal each, and every paper that is asked for.</summary>
    public static Filing In(string province, string businessScope)
    {
        var city = TheBook.Shipped.Tables.Divisions.Single(d => d.Code == province).Children![0];
        var region = new Region(province, city.Code, city.Children is { Count: > 0 } districts ? districts[0].Code : city.Code);
        var filing = TheLetters.With(AFiling.Complete(Shape.TwoPeople), s => s with
        {
            Verification = s.Verification with { Region = region, CertificateNumber = MadeUp.CreditCode(7, region.District!) },
            Subject = s.Subject with { BusinessScope = businessScope, CertificateValidTo = "2040-01-01", Remark = "通信地址已为最详细" },
            Sites = [s.Sites[0], Site(s.Sites[0], 2, "测试甲产品中心"), Site(s.Sites[0], 3, "测试甲帮助文档")],
            Materials = [],
        });
        return WithPapers(filing, province);
    }

    private static Site Site(Site first, int n, string name)
    {
        var principal = AForm.OtherPrincipal with
        {
            Name = "测试丁戊己"[..3] + "一二三四"[n],
            CertificateNumber = MadeUp.IdentityNumber(7300 + n, "330106"),
            Mobile = MadeUp.Mobile(10 * n),
            EmergencyPhone = MadeUp.Mobile((10 * n) + 1),
            Email = $"p{n}@example.com",
        };
        var domain = $"shop{n}.cn";
        return first with
        {
            Id = "site-" + n,
            FromVerification = false,
            Name = name,
            Domain = domain,
            Resource = AForm.Code,
            HomeUrl = "https://www." + domain,
            Principal = principal,
            Remark = "展示本单位的产品和使用帮助，提供下载和联系方式，不涉及在线交易",
            Checks = AForm.Passed(domain, "code:c-" + n),
            FaceCheck = AForm.Face(principal, AFiling.Noon),
        };
    }

    private static Filing WithPapers(Filing filing, string province)
    {
        for (var round = 0; round < 5; round++)
        {
            var set = Requirements.Of(filing, AForm.Context(new Shape(Province: province)));
            var due = set.Due.Concat(set.Warnings).Where(f => f.MaterialKind is not null).DistinctBy(f => (f.MaterialKind, f.MaterialPart, f.SiteId)).ToArray();
            if (due.Length == 0)
            {
                return filing;
            }

            filing = TheLetters.With(filing, s => s with
            {
                Materials = [.. s.Materials, .. due.Select((f, i) => AForm.Paper(f.MaterialKind!, f.MaterialPart, f.SiteId, $"m-{s.Materials.Count + i + 1}"))],
            });
        }

        throw new InvalidOperationException("Papers keep being asked for.");
    }
}
