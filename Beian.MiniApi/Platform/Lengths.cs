using System.Globalization;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>Collects fields over their hard length: the only content a save refuses. Lengths count code points, so that rare characters count once.</summary>
public sealed class Lengths
{
    private readonly List<Finding> _over = [];

    /// <summary>The refusal, or null when everything fits.</summary>
    public DomainError? Refusal => _over.Count == 0 ? null : RequestErrors.Invalid(_over);

    public Lengths Text(string? value, int max, string pointer)
    {
        // A string has at least half as many code points as UTF-16 units, so most are judged without counting.
        if (value is not null && value.Length > max && (value.Length > max * 2 || value.EnumerateRunes().Count() > max))
        {
            Over(max, pointer, "request.tooLong");
        }

        return this;
    }

    public Lengths Items<T>(IReadOnlyCollection<T>? values, int max, string pointer)
    {
        if (values?.Count > max)
        {
            Over(max, pointer, "request.tooMany");
        }

        return this;
    }

    private void Over(int max, string pointer, string code) =>
        _over.Add(new Finding(pointer, code) { Args = Texts.Args(("max", max.ToString(CultureInfo.InvariantCulture))) });
}
