using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>What a code is made out for, once it was found to be in order.</summary>
internal sealed record AuthCodeTerms(CloudResource Resource, ResourceProfile Profile, string TargetAccountId, string? Note);

/// <summary>Checks resource, target and note, for new codes and for changed ones alike.</summary>
internal sealed class AuthCodeTermsReader(IResourceStore resources, IAccountStore accounts, ResourceTypes types)
{
    /// <summary>The terms, or everything that is wrong with them at once.</summary>
    /// <param name="issuerAccountId">Who makes the codes out.</param>
    /// <param name="resourceId">The named resource, or null when none was named.</param>
    /// <param name="targetAccountId">The named target, or null when none was named.</param>
    /// <param name="note">The note as typed.</param>
    /// <param name="further">Findings about other fields of the same request.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<AuthCodeTerms>> ReadAsync(
        string issuerAccountId, string? resourceId, string? targetAccountId, string? note, IEnumerable<Finding> further, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var wrong = new List<Finding>();
        var resource = await ResourceAsync(issuerAccountId, resourceId, now, wrong, cancellationToken);
        var profile = resource is null ? null : types.Find(resource.Type);
        if (string.IsNullOrWhiteSpace(targetAccountId))
        {
            wrong.Add(AuthCodeErrors.Required("/targetAccountId"));
        }
        else if (!CloudResource.IsId(targetAccountId) || await accounts.FindAsync(targetAccountId, cancellationToken) is null)
        {
            wrong.Add(AuthCodeErrors.TargetNotFound());
        }
        else if (profile is { CodesForOwnerOnly: true } && targetAccountId != issuerAccountId)
        {
            wrong.Add(AuthCodeErrors.TargetMustBeOwner());
        }

        var trimmed = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (trimmed?.Length > AuthCode.MaxNoteLength)
        {
            wrong.Add(AuthCodeErrors.NoteTooLong());
        }

        wrong.AddRange(further);
        return wrong.Count > 0 ? AuthCodeErrors.BadFields(wrong) : new AuthCodeTerms(resource!, profile!, targetAccountId!, trimmed);
    }

    private async Task<CloudResource?> ResourceAsync(
        string issuerAccountId, string? resourceId, DateTimeOffset now, List<Finding> wrong, CancellationToken cancellationToken)
    {
        const string pointer = "/resourceId";
        if (string.IsNullOrWhiteSpace(resourceId))
        {
            wrong.Add(AuthCodeErrors.Required(pointer));
            return null;
        }

        var resource = CloudResource.IsId(resourceId) ? await resources.FindAsync(resourceId, cancellationToken) : null;
        if (resource is null || resource.OwnerAccountId != issuerAccountId)
        {
            wrong.AddRange(ResourceErrors.Unknown(pointer).Errors);
            return null;
        }

        wrong.AddRange(Eligibility.ForCodes(resource, types.Find(resource.Type), now).Select(reason => reason with { Pointer = pointer }));
        return resource;
    }
}
