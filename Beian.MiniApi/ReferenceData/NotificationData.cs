using Beian.MiniApi.Domain.Messages;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads by which ways each event is told.</summary>
internal static class NotificationData
{
    public static NotificationMatrix Read(DataFile file)
    {
        var rows = file.Rows<NotificationRow>("items", r => r.Event);
        foreach (var row in rows)
        {
            file.MustExist(MessageEvent.All.ContainsKey(MessageEvent.Prefix + row.Event), $"row '{row.Event}'", "an event");
        }

        if (MessageEvent.All.Keys.Select(NotificationMatrix.ShortOf).Except(rows.Select(r => r.Event)).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
        {
            throw file.Bad($"row '{missing}'", "is missing: each event needs one");
        }

        return new NotificationMatrix(rows);
    }
}
