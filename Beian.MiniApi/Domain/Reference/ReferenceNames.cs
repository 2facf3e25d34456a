using System.Globalization;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>
/// Names of the data that stand in messages. A message holds the code, such as <c>name.material.idCard</c>, and whoever words it says the name in the
/// reader's language.
/// </summary>
public static class ReferenceNames
{
    public static string Code(string set, string id) => $"name.{set}.{id}";

    public static string Code(string set, int code) => Code(set, code.ToString(CultureInfo.InvariantCulture));

    /// <summary>Every name by its code.</summary>
    public static IEnumerable<(string Code, LocalText Text)> Of(ReferenceBook book)
    {
        var tables = book.Tables;
        return
        [
            .. tables.Materials.Select(m => (m.NameCode, m.Names)),
            .. tables.ServiceContents.Select(c => (c.NameCode, LocalText.Of(c.Name, c.NameEn))),
            .. tables.CertificateTypes.Select(c => (c.NameCode, LocalText.Of(c.Name, c.NameEn))),
            .. tables.PreApprovalTypes.Select(p => (p.NameCode, LocalText.Of(p.Name, p.NameEn))),
            .. tables.PreApprovalTypes.Select(p => (p.DocumentCode, p.Document is { } document ? LocalText.Of(document, p.DocumentEn) : LocalText.Of(p.Name, p.NameEn))),
        ];
    }
}
