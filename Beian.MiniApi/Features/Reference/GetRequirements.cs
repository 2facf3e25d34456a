using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Reference;

/// <summary>GET /reference/requirements.</summary>
public static class GetRequirements
{
    /// <param name="province">Division code of the province.</param>
    /// <param name="nature">Code of the subject natures.</param>
    /// <param name="kind"><c>firstFiling</c> or <c>addSite</c>; the data's names are taken as well.</param>
    public static IResult Handle(string? province, string? nature, string? kind, ReferenceBook book, OutlookDocuments documents, HttpContext http) =>
        Shape(province, nature, kind, book).TryGet(out var shape, out var refusal)
            ? new CacheableResult(documents.For(shape, Problems.WantsEnglish(http)), byLanguage: true)
            : refusal.ToAnswer();

    /// <summary>The shape that was asked about, or a refusal with one finding per parameter that is wrong.</summary>
    private static Result<FilingShape> Shape(string? province, string? nature, string? kind, ReferenceBook book)
    {
        var number = int.TryParse(nature, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : (int?)null;
        var filing = FilingShape.KindOf(kind);
        var wrong = new List<Finding>();
        Check("/province", province, book.FindProvince(province) is not null, ReferenceErrors.NotAProvince, wrong);
        Check("/nature", nature, book.FindNature(number) is not null, ReferenceErrors.NotANature, wrong);
        Check("/kind", kind, filing is not null, ReferenceErrors.NotAKind, wrong);
        return wrong.Count > 0 ? RequestErrors.Invalid(wrong) : new FilingShape(province!, number!.Value, filing!.Value);
    }

    private static void Check(string pointer, string? text, bool known, Func<string, string, Finding> unknown, List<Finding> wrong)
    {
        if (string.IsNullOrEmpty(text))
        {
            wrong.Add(ReferenceErrors.MissingParameter(pointer));
        }
        else if (!known)
        {
            wrong.Add(unknown(pointer, text));
        }
    }
}
