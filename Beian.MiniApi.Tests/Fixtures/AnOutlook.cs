using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Outlooks by the shipped data, and filled-in filings of the same shape to hold them against.</summary>
internal static class AnOutlook
{
    public static readonly OutlookBook Book = new(TheBook.Shipped, TheLetters.Shipped, new OutlookPolicy(true, type => type == 2, _ => true));

    public static readonly DateOnly Day = Beian.MiniApi.Domain.ChinaTime.DateOf(AFiling.Noon);

    public static readonly IReadOnlyList<string> Provinces = [.. TheBook.Shipped.Tables.Provinces.Select(p => p.Code)];

    public static FilingOutlook Of(string province, int nature = AForm.Company, FilingKind kind = FilingKind.FirstFiling) => Book.Of(new FilingShape(province, nature, kind), TheBook.Rules, Day);

    /// <summary>Every province with some natures or all of them, for both kinds.</summary>
    public static IEnumerable<FilingShape> Shapes(params int[] natures) =>
        from province in Provinces
        from nature in natures.Length > 0 ? natures : [.. TheBook.Shipped.Tables.SubjectNatures.Select(n => n.Code)]
        from kind in Enum.GetValues<FilingKind>()
        select new FilingShape(province, nature, kind);

    /// <summary>Everything filled in plainly: a grown-up from the province, who is the legal representative and answers for the one site. No papers yet.</summary>
    public static Filing FilledIn(FilingShape shape)
    {
        var city = TheBook.Shipped.Tables.Divisions.Single(d => d.Code == shape.Province).Children![0];
        var district = city.Children is { Count: > 0 } districts ? districts[0].Code : city.Code;
        var principal = AForm.Principal with { CertificateNumber = MadeUp.IdentityNumber(7300, district) };
        return TheLetters.With(AFiling.Complete(new Shape(shape.Individual, shape.Kind == FilingKind.AddSite)), s => s with
        {
            Verification = s.Verification with
            {
                Region = new Region(shape.Province, city.Code, district),
                SubjectNature = shape.Nature,
                CertificateNumber = shape.Individual ? principal.CertificateNumber : MadeUp.CreditCode(7, district),
            },
            Subject = s.Subject with { Principal = principal },
            Materials = [],
        });
    }

    public static RuleContext Context(FilingShape shape) => AForm.Context(new Shape(shape.Individual, shape.Kind == FilingKind.AddSite, Province: shape.Province));
}
