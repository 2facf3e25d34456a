using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Ends sessions in the store, which decides, and then tells every instance.</summary>
public sealed class SessionEnds(ISessionStore sessions, SignOuts signOuts, TimeProvider time)
{
    /// <summary>Most sessions of one owner that are told; the store ends all of them.</summary>
    private const int MaxTold = 100;

    public async Task EndAsync(string sessionId, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(sessionId, cancellationToken);
        await signOuts.TellAsync(sessionId);
    }

    /// <summary>Ends one session of that owner.</summary>
    /// <returns>False when the owner has no such live session, also when it is somebody else's.</returns>
    public async Task<bool> EndAsync(string sessionId, string ownerId, CancellationToken cancellationToken)
    {
        if (!await sessions.EndAsync(sessionId, ownerId, time.GetUtcNow(), cancellationToken))
        {
            return false;
        }

        await signOuts.TellAsync(sessionId);
        return true;
    }

    /// <summary>Ends every session of that user or member of staff.</summary>
    public async Task EndAllAsync(string ownerId, CancellationToken cancellationToken)
    {
        var live = await sessions.ListAsync(ownerId, null, MaxTold, time.GetUtcNow(), cancellationToken);
        await sessions.EndAllAsync(ownerId, cancellationToken);
        await signOuts.TellAsync([.. live.Select(s => s.Id)]);
    }
}
