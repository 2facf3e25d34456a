using System.Net;
using System.Net.Http.Headers;

namespace Beian.MiniApi.Probe;

/// <summary>Why somebody else's address was not called, or what became of the call, where no status came back.</summary>
public enum PublicFailure
{
    /// <summary>The name could not be looked up.</summary>
    NameUnknown = 1,

    /// <summary>The name has no address.</summary>
    NoAddress = 2,

    /// <summary>An address behind the name, or the literal one, is not public: nothing was connected to.</summary>
    NotPublic = 3,

    /// <summary>No connection came about; nothing was sent.</summary>
    NoConnection = 4,

    /// <summary>The certificate is not to be trusted, or there is no common way to encrypt; nothing was sent.</summary>
    BadCertificate = 5,

    /// <summary>All or part was sent, and no answer came in time, or none that is HTTP.</summary>
    NoAnswer = 6,
}

/// <summary>A call of somebody else's address.</summary>
/// <param name="Address">Where to: http or https, judged by the caller.</param>
/// <param name="Headers">Headers with their values, each on one line.</param>
/// <param name="Content">The body.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Timeout">For looking up, connecting, sending and the answer together.</param>
/// <param name="Allowed">Networks that are connected to although they are not public.</param>
public sealed record PublicPost(
    Uri Address, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Content, string ContentType, TimeSpan Timeout, IReadOnlyList<IPNetwork> Allowed)
{
    /// <summary>Never prints: the address and the signature are secrets.</summary>
    public override string ToString() => nameof(PublicPost);
}

/// <summary>What came of it: a status or a failure, never both.</summary>
/// <param name="Status">Of the answer; a redirect is not followed.</param>
/// <param name="Failure">Why there is none.</param>
/// <param name="RetryAfter">How long it asks to be left alone, as it stands in the answer.</param>
public sealed record PublicReply(int? Status, PublicFailure? Failure, RetryConditionHeaderValue? RetryAfter = null);

/// <summary>
/// Calls addresses that other people choose. The name is looked up once; every address behind it has to be public, and only those are connected to, whatever
/// the name resolves to meanwhile. No redirects, no proxy, certificates really checked, and no more than a few KiB of an answer.
/// </summary>
public sealed class PublicHttp(INameResolver resolver)
{
    /// <summary>Most of an answer's body that is read; nothing in it matters.</summary>
    public const int MaxAnswerBytes = 4 * 1024;

    private const string UserAgent = "BeianMiniApi-Webhook/1.0";

    /// <summary>Why the address may not be called, or null.</summary>
    /// <param name="address">With a name or a literal address.</param>
    /// <param name="allowed">Networks that may be connected to although they are not public.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<PublicFailure?> JudgeAsync(Uri address, IReadOnlyList<IPNetwork> allowed, CancellationToken cancellationToken) => (await FindAsync(address, allowed, cancellationToken)).Failure;

    /// <summary>One call. Throws nothing but the cancellation asked for.</summary>
    public async Task<PublicReply> PostAsync(PublicPost post, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(post.Timeout);
        using var content = new CountedContent(post.Content, post.ContentType);
        try
        {
            var (addresses, failure) = await FindAsync(post.Address, post.Allowed, deadline.Token);
            return failure is { } why ? new PublicReply(null, why) : await SendAsync(post, content, addresses, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PublicReply(null, content.Began ? PublicFailure.NoAnswer : PublicFailure.NoConnection);
        }
        catch (HttpRequestException e)
        {
            return new PublicReply(null, content.Began ? PublicFailure.NoAnswer : e.HttpRequestError == HttpRequestError.SecureConnectionError ? PublicFailure.BadCertificate : PublicFailure.NoConnection);
        }
    }

    private static async Task<PublicReply> SendAsync(PublicPost post, CountedContent content, IReadOnlyList<IPAddress> addresses, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, post.Address) { Content = content };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var (name, value) in post.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await PinnedHttp.SendAsync(request, addresses, anyCertificate: false, cancellationToken);

        // Read so that a small answer is not cut off; what is more, or comes too late, is left.
        await answer.ReadAsync(MaxAnswerBytes, cancellationToken);
        return new PublicReply(answer.Status, null, answer.RetryAfter);
    }

    private async Task<(IReadOnlyList<IPAddress> Addresses, PublicFailure? Failure)> FindAsync(Uri address, IReadOnlyList<IPNetwork> allowed, CancellationToken cancellationToken)
    {
        // The dot of the root is no part of a name, and "localhost." is localhost.
        var host = address.IdnHost.Trim('[', ']').TrimEnd('.');
        if (host.Length == 0)
        {
            return ([], PublicFailure.NoAddress);
        }

        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        var plain = found?.Select(PublicAddresses.Plain).OrderBy(a => a.AddressFamily).ToArray();
        return plain switch
        {
            null => ([], PublicFailure.NameUnknown),
            [] => ([], PublicFailure.NoAddress),
            _ when !plain.All(a => PublicAddresses.IsPublic(a) || allowed.Any(n => n.Contains(a))) => ([], PublicFailure.NotPublic),
            _ => (plain, null),
        };
    }

    /// <summary>A body that knows whether it began to be sent.</summary>
    private sealed class CountedContent : HttpContent
    {
        private readonly ReadOnlyMemory<byte> _bytes;
        private volatile bool _began;

        public CountedContent(ReadOnlyMemory<byte> bytes, string type)
        {
            _bytes = bytes;
            Headers.TryAddWithoutValidation("Content-Type", type);
        }

        /// <summary>Whether anything may have arrived.</summary>
        public bool Began => _began;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _began = true;
            await stream.WriteAsync(_bytes, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
