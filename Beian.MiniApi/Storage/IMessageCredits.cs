namespace Beian.MiniApi.Storage;

/// <summary>The user's permission to send one subscription message.</summary>
/// <param name="OpenIdIndex">Blind index of the openid.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="Source">Where it comes from: the same permission has the same source, however often it is told.</param>
/// <param name="GrantedAt">When the user agreed.</param>
public sealed record MessageCredit(string OpenIdIndex, string TemplateId, string Source, DateTimeOffset GrantedAt);

/// <summary>What became of a subscription message that WeChat took.</summary>
/// <param name="Source">The same report has the same source, however often it is told.</param>
/// <param name="OpenIdIndex">Blind index of the openid.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="MessageId">WeChat's id of the message; null when it did not say.</param>
/// <param name="ErrorCode">0 when it was delivered.</param>
/// <param name="ErrorStatus">WeChat's word for it, such as <c>success</c>.</param>
/// <param name="At">When.</param>
public sealed record MessageDelivery(string Source, string OpenIdIndex, string TemplateId, string? MessageId, string ErrorCode, string? ErrorStatus, DateTimeOffset At);

/// <summary>
/// The ledger of permissions for one-time subscription messages. Only WeChat's own events grant; every acceptance is good for one message and does not run out.
/// The queue of messages spends and gives back, in the writes that record its attempts.
/// </summary>
public interface IMessageCredits
{
    /// <summary>Adds a permission; false, with nothing changed, when that one is known or the user has refused at that time or later.</summary>
    Task<bool> GrantAsync(MessageCredit credit, CancellationToken cancellationToken);

    /// <summary>
    /// Takes back what was granted up to that time: the user refused or switched the template off, or WeChat answered 43101 when a message was sent.
    /// Later permissions stay.
    /// </summary>
    Task RefuseAsync(string openIdIndex, string templateId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>How many messages may be sent now.</summary>
    Task<int> CountAsync(string openIdIndex, string templateId, CancellationToken cancellationToken);

    /// <summary>Records what became of a message; the first report of a source stands.</summary>
    Task RecordAsync(MessageDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Forgets reports and spent permissions from before that time; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
