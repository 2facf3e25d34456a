namespace Beian.MiniApi.Storage;

/// <summary>One permission for a subscription message.</summary>
/// <param name="Source">Where it comes from; unique, the list's sort key.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="GrantedAt">When the user agreed.</param>
/// <param name="SpentAt">When it was used for a message; null while it was not.</param>
public sealed record MessageConsent(string Source, string TemplateId, DateTimeOffset GrantedAt, DateTimeOffset? SpentAt);

/// <summary>The last time a user refused messages of one template.</summary>
public sealed record MessageRefusal(string TemplateId, DateTimeOffset RefusedAt);

/// <summary>Reads everything the ledger of messages holds about one user, for the user. Pages go by the sort key, since rows may come and go in between.</summary>
public interface IMessageRecords
{
    /// <param name="openIdIndex">Blind index of the openid.</param>
    /// <param name="after">Source after which the page begins, or null for the first.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<MessageConsent>> PermissionsAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken);

    /// <summary>One for each template at most.</summary>
    Task<IReadOnlyList<MessageRefusal>> RefusalsAsync(string openIdIndex, CancellationToken cancellationToken);

    /// <inheritdoc cref="PermissionsAsync"/>
    Task<IReadOnlyList<MessageDelivery>> DeliveriesAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken);
}
