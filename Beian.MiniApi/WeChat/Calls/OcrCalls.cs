using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Papers read from pictures.</summary>
internal sealed class OcrCalls(WeChatCaller caller)
{
    /// <summary>Photographs with a background, not scans.</summary>
    private static readonly KeyValuePair<string, string>[] Photo = [new("type", "photo")];

    public async Task<Result<WeChatIdCard>> IdCardAsync(WeChatPicture picture, CancellationToken cancellationToken) => IdCardOf(await ReadAsync(WeChatCall.IdCard, picture, cancellationToken));

    public async Task<Result<WeChatLicence>> LicenceAsync(WeChatPicture picture, CancellationToken cancellationToken) => LicenceOf(await ReadAsync(WeChatCall.Licence, picture, cancellationToken));

    /// <summary>What WeChat would not take and is not sent.</summary>
    public static DomainError? Refuse(WeChatPicture picture) => picture.Bytes.Length is 0 or >= WeChatPicture.MaxBytes ? WeChatErrors.PictureInvalid() : null;

    public Result<WeChatIdCard> IdCardOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return reply.Text("type") switch
        {
            "Front" => new WeChatIdCard(
                WeChatCardSide.Front, reply.Text("name"), reply.Text("id"), reply.Text("addr"), reply.Text("gender"), reply.Text("nationality"), null, null, false),
            "Back" => Back(reply.Text("valid_date")),
            _ => caller.Incomplete(WeChatCall.IdCard),
        };
    }

    public static Result<WeChatLicence> LicenceOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return new WeChatLicence(
            reply.Text("reg_num"),
            reply.Text("serial"),
            reply.Text("legal_representative"),
            reply.Text("enterprise_name"),
            reply.Text("type_of_organization"),
            reply.Text("address"),
            reply.Text("type_of_enterprise"),
            reply.Text("business_scope"),
            reply.Text("registered_capital"),
            reply.Text("paid_in_capital"),
            reply.Text("valid_period"),
            reply.Text("registered_date"));
    }

    private async Task<Result<WeChatReply>> ReadAsync(WeChatCall call, WeChatPicture picture, CancellationToken cancellationToken) =>
        Refuse(picture) is { } refusal ? refusal : await caller.AskAsync(call, Photo, WeChatBody.File("img", picture), cancellationToken);

    /// <summary><c>20070105-20270105</c> or <c>20070105-长期</c>; what does not read so stays null.</summary>
    private static WeChatIdCard Back(string? printed)
    {
        var parts = (printed ?? string.Empty).Split('-');
        var isLongTerm = parts.Length == 2 && parts[1].Trim() == "长期";
        return new WeChatIdCard(WeChatCardSide.Back, null, null, null, null, null, Day(parts[0]), parts.Length == 2 ? Day(parts[1]) : null, isLongTerm);
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text.Trim(), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
