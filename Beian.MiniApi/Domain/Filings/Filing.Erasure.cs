namespace Beian.MiniApi.Domain.Filings;

/// <content>What erasing a user means for a filing.</content>
public sealed partial class Filing
{
    /// <summary>Stands where the id of an erased user stood. One for all, so that it tells nobody apart.</summary>
    public const string ErasedUser = "erased";

    /// <summary>States in which the provider or the authority is at work on the filing: it cannot go while somebody has it on the desk.</summary>
    public static readonly FilingState[] WithOthers =
        [FilingState.Checking, FilingState.ProviderReview, FilingState.PendingAuthority, FilingState.SmsVerification, FilingState.AuthorityReview];

    /// <summary>Ids of every paper that this filing names, in its form or in an earlier round.</summary>
    public IReadOnlyList<string> PaperIds() => [.. _s.Materials.Concat(_s.Rounds.SelectMany(r => r.Form.Materials)).Select(m => m.Id).Distinct(StringComparer.Ordinal)];

    /// <summary>The same filing, told without that user: <see cref="ErasedUser"/> started it and acted in it instead, and what the user said about it is gone. What is filed stays as it is.</summary>
    public Filing WithoutUser(string userId) => new(_s with
    {
        CreatedBy = _s.CreatedBy == userId ? ErasedUser : _s.CreatedBy,
        History = [.. _s.History.Select(h => h.ActorId == userId ? h with { ActorId = ErasedUser, Note = null } : h)],
        Sites = [.. _s.Sites.Select(s => WithoutPerformer(s, userId))],
        Rounds = [.. _s.Rounds.Select(r => r with { Form = r.Form with { Sites = [.. r.Form.Sites.Select(s => WithoutPerformer(s, userId))] } })],
    });

    /// <summary>The result of a face check holds whoever held the phone.</summary>
    private static Site WithoutPerformer(Site site, string userId) =>
        site.FaceCheck?.PerformerId == userId ? site with { FaceCheck = site.FaceCheck with { PerformerId = ErasedUser } } : site;
}
