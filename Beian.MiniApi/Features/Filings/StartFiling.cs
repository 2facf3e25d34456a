using System.Buffers.Binary;
using System.Security.Cryptography;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Filings;

/// <summary>What kind of filing to start.</summary>
public sealed record StartFilingRequest
{
    /// <summary>Null for a first filing; the id of a filed subject to add a site to it.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Another filing of the account whose words to begin with, in whatever state; null for an empty form.</summary>
    public string? CopyFrom { get; init; }
}

internal static class StartFiling
{
    public static async Task<IResult> HandleAsync(
        Body<StartFilingRequest> body,
        CurrentUser user,
        IFilingStore filings,
        ISubjectStore subjects,
        RuleContexts rules,
        FilingViews views,
        Idempotency idempotency,
        BusinessClock clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        while (true)
        {
            var id = Guid.CreateVersion7().ToString("N");
            var started = Filing.Start(id, FilingNumber.Create(now, Chance()), user.AccountId, user.Actor, now);
            var prepared = await PrepareAsync(started, body.Value, user, filings, subjects, cancellationToken);
            if (!prepared.TryGet(out var filing, out var refusal))
            {
                return refusal.ToAnswer();
            }

            var requirements = Requirements.Of(filing, await rules.ForAsync(filing, now, cancellationToken));
            var answer = Answer.Created($"/api/v1/filings/{id}", views.Of(filing, requirements, now), filing.Version);
            var outcome = await filings.AddAsync(filing, idempotency.Record(answer), cancellationToken);
            if (outcome.IsSaved)
            {
                return answer;
            }

            if (outcome.TakenHold is { } hold && outcome != SaveOutcome.NumberTaken)
            {
                return HoldErrors.Taken(hold).ToAnswer();
            }
        }
    }

    private static async Task<Result<Filing>> PrepareAsync(
        Filing started, StartFilingRequest request, CurrentUser user, IFilingStore filings, ISubjectStore subjects, CancellationToken cancellationToken)
    {
        var filing = started;
        if (request.SubjectId is not null)
        {
            if (await subjects.FindAsync(request.SubjectId, user.AccountId, cancellationToken) is not { } subject)
            {
                return FilingErrors.SubjectNotFound();
            }

            filing = filing.ForSubject(subject.Id, subject.Number, subject.SubjectKey, subject.Identity, subject.Subject);
        }

        if (request.CopyFrom is null)
        {
            return filing;
        }

        if (await filings.FindAsync(request.CopyFrom, user.AccountId, cancellationToken) is not { } source)
        {
            return FilingErrors.CopySourceNotFound();
        }

        return filing.CopyOf(source, _ => Guid.CreateVersion7().ToString("N"));
    }

    private static ulong Chance()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
