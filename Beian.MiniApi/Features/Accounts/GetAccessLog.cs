using System.Globalization;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Somebody looked at the account's data, or staff changed it.</summary>
/// <param name="Id">Number of the entry.</param>
/// <param name="Act"><c>viewed</c>, <c>viewedInFull</c>, <c>fullViewGranted</c>, <c>exported</c>, <c>created</c>, <c>changed</c> or <c>deleted</c>.</param>
/// <param name="By"><c>you</c>, <c>member</c> (another user of the account), <c>reviewer</c>, <c>admin</c> or <c>link</c> (whoever had the address); staff have no names here.</param>
/// <param name="Kind"><c>account</c>, <c>filing</c>, <c>material</c>, <c>subject</c> or <c>other</c>.</param>
/// <param name="ThingId">Id of the thing.</param>
public sealed record AccessView(string Id, DateTimeOffset At, string Act, string By, string Kind, string ThingId);

internal static class GetAccessLog
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["accounts"] = "account",
        ["users"] = "account",
        ["filings"] = "filing",
        ["materials"] = "material",
        ["subjects"] = "subject",
    };

    public static async Task<IResult> HandleAsync(PageRequest page, CurrentUser user, IAuditLog audit, CancellationToken cancellationToken)
    {
        long? before = null;
        if (page.After is { } key)
        {
            if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            {
                return RequestErrors.BadCursor().ToAnswer();
            }

            before = seq;
        }

        var rows = await audit.AccessesAsync(user.AccountId, before, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, r => r.Seq.ToString(CultureInfo.InvariantCulture), r => View(r, user)));
    }

    private static AccessView View(AccessRecord r, CurrentUser user) => new(
        r.Seq.ToString(CultureInfo.InvariantCulture),
        r.At,
        r.Act,
        r.Role switch
        {
            "applicant" => r.Actor == user.UserId ? "you" : "member",
            "anonymous" => "link",
            var staff => staff,
        },
        Kinds.GetValueOrDefault(r.Kind, "other"),
        r.Thing);
}
