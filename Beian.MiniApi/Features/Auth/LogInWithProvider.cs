using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Identity;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Auth;

/// <summary>A login at the identity provider that has begun.</summary>
/// <param name="Url">Where the browser goes now.</param>
/// <param name="State">To be compared with the <c>state</c> that the browser brings back, before finishing.</param>
/// <param name="ExpiresAt">Until when it can be finished.</param>
public sealed record ProviderLoginView(string Url, string State, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the secrets: records end up in logs.</summary>
    public override string ToString() => nameof(ProviderLoginView);
}

/// <param name="Code">What the provider's redirect brought.</param>
/// <param name="State">Likewise.</param>
public sealed record ProviderFinishRequest(string Code, string State)
{
    /// <summary>Without the code: records end up in logs.</summary>
    public override string ToString() => nameof(ProviderFinishRequest);
}

internal static class StartProviderLogin
{
    public static async Task<Answer> HandleAsync(ProviderLogins logins, CancellationToken cancellationToken)
    {
        var begun = await logins.BeginAsync(cancellationToken);
        return begun.TryGet(out var view, out var refusal) ? Answer.Ok(view) : refusal.ToAnswer();
    }
}

internal static class FinishProviderLogin
{
    public static async Task<Answer> HandleAsync(Body<ProviderFinishRequest> body, ProviderLogins logins, StaffSessions sessions, CancellationToken cancellationToken)
    {
        var finished = await logins.FinishAsync(body.Value, cancellationToken);
        return finished.TryGet(out var member, out var refusal) ? Answer.Ok(await sessions.OpenAsync(member, cancellationToken)) : refusal.ToAnswer();
    }
}

/// <summary>The two halves of a login at the identity provider. What the first remembers is stored sealed, for ten minutes, and given out once.</summary>
public sealed class ProviderLogins(
    IIdentityProvider provider, IProviderLoginStore begun, IStaffStore staff, IOptions<StaffOptions> options, TimeProvider time)
{
    /// <summary>How long somebody may take at the provider.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public async Task<Result<ProviderLoginView>> BeginAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Login != StaffOptions.ProviderLogin)
        {
            return AuthErrors.LoginIsLocal();
        }

        var started = await provider.BeginAsync(cancellationToken);
        if (!started.TryGet(out var login, out var refusal))
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var kept = JsonSerializer.SerializeToUtf8Bytes(new Kept(login.Nonce, login.Verifier));
        await begun.AddAsync(DigestOf(login.State), kept, now, now + Lifetime, cancellationToken);
        return new ProviderLoginView(login.Url.AbsoluteUri, login.State, now + Lifetime);
    }

    public async Task<Result<StaffMember>> FinishAsync(ProviderFinishRequest request, CancellationToken cancellationToken)
    {
        if (options.Value.Login != StaffOptions.ProviderLogin)
        {
            return AuthErrors.LoginIsLocal();
        }

        if (await begun.TakeAsync(DigestOf(request.State), time.GetUtcNow(), cancellationToken) is not { } stored || JsonSerializer.Deserialize<Kept>(stored) is not { } kept)
        {
            return IdentityErrors.Refused();
        }

        var finished = await provider.FinishAsync(request.Code, kept.Nonce, kept.Verifier, cancellationToken);
        if (!finished.TryGet(out var who, out var refusal))
        {
            return refusal;
        }

        var login = new ProviderLogin(who.Issuer, who.Subject, Guid.CreateVersion7().ToString("N"), who.Name, who.Role, time.GetUtcNow());
        return await staff.SignInAsync(login, cancellationToken) is { } member ? member : IdentityErrors.NoRole();
    }

    private static string DigestOf(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));

    private sealed record Kept(string Nonce, string Verifier);
}
