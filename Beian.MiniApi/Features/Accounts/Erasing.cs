using System.Globalization;
using Beian.MiniApi.Authority;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Erases users and what lies outside the database of them. Bytes go after their rows, and again at every sweep until they are gone.</summary>
public sealed partial class Erasing(
    IErasureStore erasures, IMaterialStore materials, IAuthority authority, IAttemptStore attempts, IUserStore users, BlindIndex index, IOptions<RetentionOptions> options,
    BusinessClock clock, TimeProvider time, ILogger<Erasing> log)
{
    /// <summary>Erasures of one WeChat user a day: each makes a new user, with all other limits as at the beginning.</summary>
    private const int ErasuresPerDay = 3;

    /// <summary>Files of one round.</summary>
    private const int Batch = 200;

    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>Refused with <c>account.filingInProgress</c>, <c>rate.erasures</c>, or <c>account.notFound</c> when the user is gone already.</summary>
    public async Task<Result<Erased>> EraseAsync(string userId, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return AccountErrors.NotFound();
        }

        var now = time.GetUtcNow();
        var key = AttemptKeys.ErasuresOf(index.Of(BlindIndex.OpenId, user.OpenId));
        if (!await attempts.TryAddAsync(key, ErasuresPerDay, now - Window, now, cancellationToken))
        {
            var made = await attempts.CountAsync(key, now - Window, cancellationToken);
            return AccountErrors.TooManyErasures((made.Oldest ?? now) + Window - now);
        }

        var done = false;
        try
        {
            var erased = await EraseRowsAsync(userId, cancellationToken);
            done = erased.Error is null;
            return erased;
        }
        finally
        {
            if (!done)
            {
                await attempts.RemoveAsync(key, now, CancellationToken.None);
            }
        }
    }

    private async Task<Result<Erased>> EraseRowsAsync(string userId, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        DateTimeOffset? keptUntil = options.Value.ApprovedFilingDays is { } days ? at.AddDays(days) : null;
        var erased = await erasures.EraseAsync(userId, keptUntil, at, cancellationToken);
        if (erased.Error is null)
        {
            await TryAsync(() => CleanAsync(CancellationToken.None));
        }

        return erased;
    }

    /// <summary>
    /// Erases what was kept long enough, deletes bytes that nothing names any more, and empties the log of what rows said before. What goes wrong is logged
    /// and left for the next sweep.
    /// </summary>
    public Task SweepAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await erasures.EndRetentionAsync(clock.GetUtcNow(), cancellationToken);
        await CleanAsync(cancellationToken);
    });

    /// <summary>The rows are gone, or will be at the next sweep: trouble with the rest is nobody's answer and must not end the program.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // Logged; the next sweep does it again.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            NotSwept(log, e);
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        // One that cannot be deleted keeps nobody else's.
        bool more;
        do
        {
            var files = await erasures.FilesAsync(Batch, cancellationToken);
            more = files.Count == Batch;
            foreach (var file in files)
            {
                more &= await TryDeleteAsync(file, cancellationToken);
            }
        }
        while (more);

        if (!await erasures.TidyAsync(cancellationToken))
        {
            NotTidied(log);
        }
    }

    private async Task<bool> TryDeleteAsync(ErasedFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (file.Kind == ErasedFileKind.Material)
            {
                await materials.DeleteAsync(file.Name, cancellationToken);
            }
            else
            {
                var dash = file.Name.LastIndexOf('-');
                await authority.ForgetHandOverAsync(file.Name[..dash], int.Parse(file.Name[(dash + 1)..], CultureInfo.InvariantCulture), cancellationToken);
            }

            await erasures.FileGoneAsync(file, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageFailedException)
        {
            NotDeleted(log, file.Kind, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bytes ({Kind}) of something erased could not be deleted; the next sweep tries again")]
    private static partial void NotDeleted(ILogger log, ErasedFileKind kind, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What an erasure left to do could not be finished; the next sweep tries again")]
    private static partial void NotSwept(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The log of the database is in use and still holds what was erased; the next sweep tries again")]
    private static partial void NotTidied(ILogger log);
}
