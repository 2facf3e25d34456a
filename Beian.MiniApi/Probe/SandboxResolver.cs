using System.Net;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Probe;

/// <summary>Asks the sandbox of this server over HTTP, so that made-up domains have addresses in Development.</summary>
public sealed class SandboxResolver(HttpClient http, SelfAddress self) : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.GetFromJsonAsync<Answer>(self.Resolve(SelfAddress.Self, "/sandbox/dns/" + Uri.EscapeDataString(host)), cancellationToken);
            return answer is null ? null : [.. answer.Addresses.Select(IPAddress.Parse)];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private sealed record Answer(IReadOnlyList<string> Addresses);
}
