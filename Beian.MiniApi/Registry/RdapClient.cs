using System.Net;
using System.Net.Http.Headers;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Registry;

/// <summary>RDAP over HTTP (RFC 7480, 9082, 9083).</summary>
public sealed class RdapClient(HttpClient http, TimeProvider time)
{
    /// <summary>Largest answer read, 256 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Registries redirect between themselves once; more is a loop.</summary>
    public const int MaxRedirects = 3;

    /// <summary>Asks one service.</summary>
    /// <exception cref="HttpRequestException">No connection, or a status that tells nothing about the domain.</exception>
    /// <exception cref="InvalidDataException">An answer that cannot be read.</exception>
    public async Task<RegistryFacts> LookUpAsync(Uri baseAddress, string asciiDomain, CancellationToken cancellationToken)
    {
        var address = new Uri(baseAddress, $"domain/{asciiDomain}");
        for (var hops = 0; hops <= MaxRedirects; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/rdap+json"));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return RegistryFacts.NotRegistered("rdap", time.GetUtcNow());
            }

            if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308)
            {
                address = Follow(address, response.Headers.Location);
                continue;
            }

            response.EnsureSuccessStatusCode();
            var body = await ReadAsync(response.Content, cancellationToken);
            return RdapAnswer.Read(body, asciiDomain, time.GetUtcNow()) ?? throw new InvalidDataException("no domain object");
        }

        throw new InvalidDataException("too many redirects");
    }

    /// <summary>A redirect may not leave HTTPS, nor lead from outside to this machine.</summary>
    private static Uri Follow(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var to)
            || to.Scheme is not ("https" or "http")
            || (from.Scheme == "https" && to.Scheme != "https")
            || (!from.IsLoopback && (to.IsLoopback || IPAddress.TryParse(to.Host.Trim('[', ']'), out _))))
        {
            throw new InvalidDataException("a redirect that is not followed");
        }

        return to;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        return await Bounded.ReadAsync(stream, MaxBytes, cancellationToken);
    }
}

/// <summary>Reading from strangers.</summary>
internal static class Bounded
{
    /// <summary>Everything up to the end of the stream.</summary>
    /// <exception cref="InvalidDataException">There is more than <paramref name="maxBytes"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                throw new InvalidDataException("too large");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
