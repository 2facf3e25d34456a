using Microsoft.AspNetCore.Http.Features;

namespace Beian.MiniApi.Platform;

/// <summary>The secret that stood in the path of this request.</summary>
/// <param name="Value">As sent, unescaped.</param>
public sealed record SecretInPath(string Value);

/// <summary>The query of a request that was taken out of its address, since it names a person or is signed.</summary>
/// <param name="Value">As sent, with its question mark; empty when there was none.</param>
public sealed record QueryAside(string Value);

/// <summary>
/// Takes the secret out of an address before anything can write it down. The few addresses that must carry one, because a person types or scans them, are
/// rewritten where the request begins: what logs, log scopes, traces, limits and problems see of <c>/api/v1/letters/secret</c> is
/// <c>/api/v1/letters/ticket</c>, and only the handler that asks for <see cref="SecretInPath"/> gets the secret. A middleware would come too late: the
/// host has logged the path and opened its scope by then. Likewise the query of WeChat's pushes, which holds openids and signatures, and
/// that of a browser coming back from a face check, which holds its token, become a <see cref="QueryAside"/>.
/// </summary>
public sealed class SecretPathContextFactory(IServiceProvider services) : IHttpContextFactory
{
    /// <summary>What stands below this is a secret.</summary>
    private const string Letters = "/api/v1/letters/";

    /// <summary>Stands in its place.</summary>
    private const string Stub = Letters + "ticket";

    /// <summary>Where WeChat pushes to.</summary>
    public const string Push = "/wechat/callback";

    /// <summary>Where a provider of face checks leads browsers back to, with the token of the check in the query.</summary>
    public const string FaceCheckReturn = "/api/v1/face-checks/return";

    /// <summary>Paths whose query is nobody's to read but their handler's.</summary>
    private static readonly string[] Asides = [Push, FaceCheckReturn];

    private readonly DefaultHttpContextFactory _inner = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        ArgumentNullException.ThrowIfNull(featureCollection);
        if (featureCollection.Get<IHttpRequestFeature>() is not { } request)
        {
            return _inner.Create(featureCollection);
        }

        if (request.Path.StartsWith(Letters, StringComparison.OrdinalIgnoreCase))
        {
            featureCollection.Set(new SecretInPath(request.Path[Letters.Length..].TrimEnd('/')));
            request.Path = Stub;
            request.RawTarget = Stub;
        }
        else if (Array.Find(Asides, a => request.Path.TrimEnd('/').Equals(a, StringComparison.OrdinalIgnoreCase)) is { } aside)
        {
            featureCollection.Set(new QueryAside(request.QueryString));
            request.QueryString = string.Empty;
            request.RawTarget = aside;
        }

        return _inner.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);
}
