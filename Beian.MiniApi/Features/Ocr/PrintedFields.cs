using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>What WeChat read, as the form would hold it. A value that the form could not hold is as good as unread.</summary>
internal static class PrintedFields
{
    public static Reading Of(WeChatIdCard card, DateTimeOffset now) => new(ReadingStatus.Recognised, null, now)
    {
        Side = card.Side == WeChatCardSide.Front ? Reading.Front : Reading.Back,
        Name = Text(card.Name, FieldLengths.PersonName),
        Number = Number(card.Number),
        Address = Text(card.Address, FieldLengths.Address),
        ValidFrom = PrintedTerm.Text(card.ValidFrom),
        ValidTo = card.IsLongTerm ? Person.LongTerm : PrintedTerm.Text(card.ValidTo),
    };

    public static Reading Of(WeChatLicence licence, DateTimeOffset now)
    {
        var term = PrintedTerm.Read(licence.ValidPeriod);
        return new Reading(ReadingStatus.Recognised, null, now)
        {
            Name = Text(licence.Name, FieldLengths.Name),
            Number = Number(licence.Number),
            Address = Text(licence.Address, FieldLengths.Address),
            ValidFrom = term.From,
            ValidTo = term.To,
            LegalRepresentative = Text(licence.LegalRepresentative, FieldLengths.PersonName),
            BusinessScope = Text(licence.BusinessScope, FieldLengths.BusinessScope),
            EstablishedOn = PrintedTerm.ReadDay(licence.RegisteredDate),
        };
    }

    private static string? Number(string? read) => Text(read, FieldLengths.CertificateNumber) is { } text ? CertificateNumbers.Normalise(text) : null;

    private static string? Text(string? read, int max)
    {
        if (read is null)
        {
            return null;
        }

        var text = new string([.. read.Where(c => !char.IsControl(c))]).Trim();
        return text.Length == 0 || text.Length > max ? null : text;
    }
}
