using System.Collections.Frozen;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>
/// What the codes of SendSms mean for a message, those of a number and those of a whole call
/// (https://cloud.tencent.com/document/api/382/55981, https://cloud.tencent.com/document/api/382/59177, checked 2026-11-26).
/// </summary>
internal static class TencentSmsCodes
{
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(31);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    /// <summary>A limit of one day is no reason to wait until the next: by then the news is old, and the inbox has it.</summary>
    private static readonly ParcelOutcome Quota = new(ParcelEnd.Refused, "quota");

    private static readonly ParcelOutcome Settings = new(ParcelEnd.Refused, "settings", Alert: true);
    private static readonly ParcelOutcome Account = new(ParcelEnd.NotNow, "account", AnHour, Alert: true);
    private static readonly ParcelOutcome Lost = new(ParcelEnd.InDoubt, "answerLost");
    private static readonly ParcelOutcome Busy = new(ParcelEnd.NotNow, "busy");

    private static readonly FrozenDictionary<string, ParcelOutcome> Known = new Dictionary<string, ParcelOutcome>
    {
        ["LimitExceeded.PhoneNumberThirtySecondLimit"] = new(ParcelEnd.NotNow, "frequency", AMoment),
        ["LimitExceeded.DeliveryFrequencyLimit"] = new(ParcelEnd.NotNow, "frequency", AMoment),
        ["LimitExceeded.PhoneNumberOneHourLimit"] = new(ParcelEnd.NotNow, "frequency", AnHour),
        ["LimitExceeded.PhoneNumberDailyLimit"] = Quota,
        ["LimitExceeded.PhoneNumberSameContentDailyLimit"] = Quota,
        ["LimitExceeded.AppDailyLimit"] = new(ParcelEnd.NotNow, "appQuota", AnHour, Alert: true),
        ["FailedOperation.InsufficientBalanceInSmsPackage"] = Account,
        ["UnauthorizedOperation.SerivceSuspendDueToArrears"] = Account,
        ["FailedOperation.PhoneNumberInBlacklist"] = new(ParcelEnd.Refused, "blacklisted"),
        ["FailedOperation.ContainSensitiveWord"] = new(ParcelEnd.Refused, "sensitiveWord"),
        ["InvalidParameterValue.IncorrectPhoneNumber"] = new(ParcelEnd.Refused, "badNumber"),
        ["FailedOperation.SignatureIncorrectOrUnapproved"] = Settings,
        ["FailedOperation.TemplateIncorrectOrUnapproved"] = Settings,
        ["InvalidParameterValue.TemplateParameterFormatError"] = Settings,
        ["InvalidParameterValue.TemplateParameterLengthLimit"] = Settings,
        ["InvalidParameterValue.SdkAppIdNotExist"] = Settings,
        ["InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"] = Settings,
        ["InternalError.Timeout"] = Lost,
        ["InternalError.SendAndRecvFail"] = Lost,
        ["InternalError.OtherError"] = Lost,
        ["InternalError.RequestTimeException"] = Lost,
        ["IpNotInWhitelist"] = Account,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a code means; one that nobody described is given up, and an operator is told.</summary>
    public static ParcelOutcome Of(string code) => Known.TryGetValue(code, out var known) ? known
        : Starts(code, "InternalError") || Starts(code, "RequestLimitExceeded") ? Busy
        : Starts(code, "AuthFailure") || Starts(code, "UnauthorizedOperation") ? Account
        : new ParcelOutcome(ParcelEnd.Refused, "unknownCode", Alert: true);

    /// <summary>True for a code or one of its sub-codes.</summary>
    private static bool Starts(string code, string family) => code == family || code.StartsWith(family + ".", StringComparison.Ordinal);
}
