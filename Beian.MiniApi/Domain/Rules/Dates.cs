using System.Globalization;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Dates as people type them in the form.</summary>
internal static class Dates
{
    /// <summary>A date written <c>YYYY-MM-DD</c>; null for anything else.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
