using System.Globalization;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Resources;

internal static class ListResources
{
    public static async Task<Answer> HandleAsync(
        PageRequest page, CurrentUser user, IResourceStore resources, IAuthCodeStore codes, IHoldReader holds, ResourceTypes types,
        TextCatalogue texts, BusinessClock time, HttpContext http, CancellationToken cancellationToken)
    {
        long? before = null;
        if (page.After is not null)
        {
            if (!long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                return RequestErrors.BadCursor().ToAnswer();
            }

            before = sequence;
        }

        var rows = await resources.FindByOwnerAsync(user.AccountId, before, page.Take, cancellationToken);
        var issued = await codes.CountByResourceAsync([.. rows.Select(r => r.Resource.Id)], cancellationToken);
        var slots = rows.ToDictionary(
            r => r.Resource.Id,
            r => types.Find(r.Resource.Type) is { } profile ? ResourceSlots.KeysOf(r.Resource.Id, profile) : [],
            StringComparer.Ordinal);
        var held = await holds.FindAsync([.. slots.Values.SelectMany(keys => keys)], cancellationToken);

        var now = time.GetUtcNow();
        var english = Problems.WantsEnglish(http);
        return Answer.Ok(Page.Of(rows, page, r => r.Sequence.ToString(CultureInfo.InvariantCulture), View));

        ResourceView View(ResourceRow row)
        {
            var resource = row.Resource;
            var use = new ResourceUse(slots[resource.Id].Count(held.ContainsKey) + resource.SlotsUsedElsewhere, issued.GetValueOrDefault(resource.Id));
            return ResourceView.From(resource, types.Find(resource.Type), use, now, texts, english);
        }
    }
}
