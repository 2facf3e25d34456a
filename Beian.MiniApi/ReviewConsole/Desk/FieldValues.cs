using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Values of a form as people read them: codes by their names.</summary>
internal sealed class FieldValues(ReferenceBook book)
{
    private const string Between = "、";

    public string? Region(RegionView? region) => region is null
        ? null
        : Joined(" / ", book.FindProvince(region.Province)?.Name ?? region.Province, book.FindCity(region.City)?.Name ?? region.City, book.FindDistrict(region.District)?.Name ?? region.District);

    public string? Nature(int? code) => Named(code, book.FindNature(code)?.Name);

    public string? Certificate(int? code) => Named(code, book.FindCertificateType(code)?.Name);

    /// <summary>The certificate of a subject: its codes are numbered anew for each nature.</summary>
    public string? Certificate(int? code, int? nature) =>
        Named(code, book.Tables.CertificateTypes.FirstOrDefault(c => c.Code == code && nature is { } n && c.Serves(n))?.Name ?? book.FindCertificateType(code)?.Name);

    public string? Contents(IReadOnlyList<int> codes) => Joined(Between, [.. codes.Select(c => Named(c, book.FindServiceContent(c)?.Name))]);

    public string? Languages(IReadOnlyList<int> codes) => Joined(Between, [.. codes.Select(c => Named(c, book.FindLanguage(c)?.Name))]);

    public string? PreApprovals(IReadOnlyList<PreApprovalView> rows) =>
        Joined(Between, [.. rows.Select(r => Joined(" ", book.FindPreApprovalType(r.Type)?.Name ?? r.Type, r.Number))]);

    public static string? Resource(ResourceChoice? choice, IReadOnlyList<string> ips) => choice is null ? null : Joined(" · ", choice.ResourceId ?? choice.AuthCode, Joined(Between, [.. ips]));

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

    private static int[] Codes(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => int.TryParse(t, out var code) ? code : 0)];

    private static string? Named(int? code, string? name) => code is null ? null : name ?? code.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Joined(string between, params string?[] parts) => string.Join(between, parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;
}
