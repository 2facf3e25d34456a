using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Values of a form as people read them: codes by their names. Places keep their official ones in every language.</summary>
/// <param name="book">Where the names are.</param>
/// <param name="english">The language of the names.</param>
internal sealed class FieldValues(ReferenceBook book, bool english)
{
    private string Between => english ? ", " : "、";

    public string? Region(RegionView? region) => region is null
        ? null
        : Joined(" / ", book.FindProvince(region.Province)?.Name ?? region.Province, book.FindCity(region.City)?.Name ?? region.City, book.FindDistrict(region.District)?.Name ?? region.District);

    public string? Nature(int? code) => Named(code, Said(book.FindNature(code)?.Names));

    public string? Certificate(int? code) => Named(code, Said(book.FindCertificateType(code)));

    /// <summary>The certificate of a subject: its codes are numbered anew for each nature.</summary>
    public string? Certificate(int? code, int? nature) =>
        Named(code, Said(book.Tables.CertificateTypes.FirstOrDefault(c => c.Code == code && nature is { } n && c.Serves(n)) ?? book.FindCertificateType(code)));

    public string? Contents(IReadOnlyList<int> codes) => Joined(Between, [.. codes.Select(c => Named(c, Said(book.FindServiceContent(c) is { } content ? LocalText.Of(content.Name, content.NameEn) : null)))]);

    public string? Languages(IReadOnlyList<int> codes) => Joined(Between, [.. codes.Select(c => Named(c, Said(book.FindLanguage(c) is { } language ? LocalText.Of(language.Name, language.NameEn) : null)))]);

    public string? PreApprovals(IReadOnlyList<PreApprovalView> rows) =>
        Joined(Between, [.. rows.Select(r => Joined(" ", Said(book.FindPreApprovalType(r.Type) is { } type ? LocalText.Of(type.Name, type.NameEn) : null) ?? r.Type, r.Number))]);

    public string? Resource(ResourceChoice? choice, IReadOnlyList<string> ips) => choice is null ? null : Joined(" · ", choice.ResourceId ?? choice.AuthCode, Joined(Between, [.. ips]));

    /// <summary>What a field changed from or to: lists of codes by their names, everything else as it stands.</summary>
    public string? Changed(string pointer, string? value)
    {
        if (value is null)
        {
            return null;
        }

        var field = pointer[(pointer.LastIndexOf('/') + 1)..];
        return field switch
        {
            "serviceContents" => Contents(Codes(value)),
            "languages" => Languages(Codes(value)),
            "subjectNature" => Nature(Codes(value).FirstOrDefault()),
            "province" or "city" or "district" => book.FindProvince(value)?.Name ?? book.FindCity(value)?.Name ?? book.FindDistrict(value)?.Name ?? value,
            _ => value,
        };
    }

    private string? Said(LocalText? name) => english ? name?.En : name?.Zh;

    private string? Said(CertificateType? type) => Said(type is null ? null : LocalText.Of(type.Name, type.NameEn));

    private static int[] Codes(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => int.TryParse(t, out var code) ? code : 0)];

    private static string? Named(int? code, string? name) => code is null ? null : name ?? code.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Joined(string between, params string?[] parts) => string.Join(between, parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
}
