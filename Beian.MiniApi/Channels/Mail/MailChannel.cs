using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain.Verification;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Mail;

/// <summary>Turns a message into a mail, and refuses what could become more than one mail: a line break in an address, a subject or a key.</summary>
internal sealed class MailChannel(IMailer mailer, IOptions<MailOptions> options) : IChannel
{
    /// <summary>Longest subject in characters; a line of a mail has 998 bytes at most, encoded.</summary>
    private const int MaxSubjectLength = 200;

    public ChannelKind Kind => ChannelKind.Mail;

    public bool IsOn => !string.IsNullOrEmpty(options.Value.Host);

    public async Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (!PhoneNumbers.IsEmail(parcel.Address))
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badAddress");
        }

        if (parcel.Subject is not { Length: > 0 and <= MaxSubjectLength } subject || subject.Any(IsBreak))
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badSubject");
        }

        if (parcel.Key.Length == 0 || !HeaderText.IsOneLine(parcel.Key))
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badKey");
        }

        return await mailer.SendAsync(new OutgoingMail(IdOf(parcel.Key), parcel.Key, parcel.Address, subject, parcel.Text), cancellationToken);
    }

    /// <summary>Line and paragraph separators of Unicode too: some servers make line breaks of them.</summary>
    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    private static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40];
}
