using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Channels;

/// <summary>Judges whether an address may be called by webhooks; asked when one is registered and again at every call.</summary>
public interface IWebhookAddresses
{
    /// <summary>Looks at scheme, port and credentials, and looks the host's name up: every address behind it has to be public.</summary>
    /// <param name="url">Where a partner wants to be called.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>Why it may not be called; null when it may.</returns>
    Task<DomainError?> CheckAsync(Uri url, CancellationToken cancellationToken);
}
