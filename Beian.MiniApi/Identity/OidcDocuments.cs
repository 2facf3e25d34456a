using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Identity;

/// <summary>What the provider says about itself.</summary>
/// <param name="About">Its discovery document.</param>
/// <param name="Keys">Keys that may sign.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record ProviderDocuments(OpenIdConnectConfiguration About, IReadOnlyList<SecurityKey> Keys, DateTimeOffset ReadAt);

/// <summary>Keeps the provider's discovery document and keys for a while. Many logins that find them old share one reading.</summary>
public sealed class OidcDocuments(OidcWire wire, SelfAddress self, IOptions<OidcOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Where the sandbox plays the provider.</summary>
    public const string SandboxPath = "/sandbox/oidc";

    private readonly SemaphoreSlim _reading = new(1, 1);
    private ProviderDocuments? _known;

    /// <summary>The provider's name for itself, which its documents and tokens must bear.</summary>
    public string Issuer => options.Value.Authority == SelfAddress.Self ? self.Resolve(SelfAddress.Self, SandboxPath).ToString() : options.Value.Authority!;

    /// <summary>The documents; read anew when they are old, or when a key was missing in them and they were not read just now.</summary>
    /// <param name="missing">The documents in which a key was missing, or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HttpRequestException">No connection, or a status that is no success.</exception>
    /// <exception cref="InvalidDataException">The documents are not the provider's, or cannot be used.</exception>
    public async Task<ProviderDocuments> GetAsync(ProviderDocuments? missing, CancellationToken cancellationToken)
    {
        if (Fresh(missing) is { } known)
        {
            return known;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh(missing) is { } readMeanwhile)
            {
                return readMeanwhile;
            }

            var read = await ReadAsync(cancellationToken);
            Volatile.Write(ref _known, read);
            return read;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>An address of the provider's own saying: it must not lead from https to anything else.</summary>
    internal Uri Trusted(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && Issuer.StartsWith("http://", StringComparison.Ordinal)))
            ? uri
            : throw new InvalidDataException("The discovery document lacks an address, or has one that is not trusted.");

    private ProviderDocuments? Fresh(ProviderDocuments? missing)
    {
        var known = Volatile.Read(ref _known);
        var age = known is null ? TimeSpan.MaxValue : time.GetUtcNow() - known.ReadAt;
        return age < options.Value.Refresh && (missing is null || !ReferenceEquals(known, missing) || age < options.Value.RefreshAtMostEvery) ? known : null;
    }

    private async Task<ProviderDocuments> ReadAsync(CancellationToken cancellationToken)
    {
        var issuer = Issuer;
        var discovery = await wire.LoadAsync(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellationToken);
        var about = Readable(discovery, OpenIdConnectConfiguration.Create);
        if (!string.Equals(about.Issuer, issuer, StringComparison.Ordinal))
        {
            throw new InvalidDataException("The discovery document is another issuer's.");
        }

        Trusted(about.AuthorizationEndpoint);
        Trusted(about.TokenEndpoint);
        var keys = Readable(await wire.LoadAsync(Trusted(about.JwksUri), cancellationToken), json => new JsonWebKeySet(json).GetSigningKeys());
        return keys.Count > 0 ? new ProviderDocuments(about, [.. keys], time.GetUtcNow()) : throw new InvalidDataException("The provider has no key.");
    }

    private static T Readable<T>(byte[] bytes, Func<string, T> read)
    {
        try
        {
            return read(Encoding.UTF8.GetString(bytes));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidDataException("The provider's document cannot be read.", e);
        }
    }
}
