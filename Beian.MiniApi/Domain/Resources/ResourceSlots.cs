using System.Globalization;

namespace Beian.MiniApi.Domain.Resources;

/// <summary>The reservations that stand for the slots of a resource.</summary>
public static class ResourceSlots
{
    /// <summary>Key of the reservation of slot <paramref name="number"/>, counted from 1.</summary>
    public static string KeyOf(string resourceId, int number) => $"slot:{resourceId}:{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The keys of all slots that the profile gives the resource, in order.</summary>
    public static IReadOnlyList<string> KeysOf(string resourceId, ResourceProfile profile) =>
        [.. Enumerable.Range(1, profile.Slots).Select(n => KeyOf(resourceId, n))];
}
