using System.Globalization;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>
/// What may cost a picture its legibility. Hints never refuse: the published limits disagree with each other, and what counts is whether a reviewer can
/// read it.
/// </summary>
public static class MaterialHints
{
    public const string FewBytes = "material.hint.fewBytes";
    public const string ManyBytes = "material.hint.manyBytes";
    public const string Small = "material.hint.small";

    /// <summary>The hints on a file, with the measured values; empty for a video.</summary>
    public static IReadOnlyList<Finding> Of(MaterialFormat format, long size, int? width, int? height)
    {
        if (width is not { } w || height is not { } h)
        {
            return [];
        }

        var hints = new List<Finding>(2);
        if (format.MinBytes is { } min && size < min)
        {
            hints.Add(Hint(format, FewBytes, ("size", KiB(size)), ("min", KiB(min))));
        }

        if (format.MaxBytes is { } max && size > max)
        {
            hints.Add(Hint(format, ManyBytes, ("size", KiB(size)), ("max", KiB(max))));
        }

        if (Math.Max(w, h) < format.MinLongSide || Math.Min(w, h) < format.MinShortSide)
        {
            hints.Add(Hint(
                format,
                Small,
                ("width", Number(w)),
                ("height", Number(h)),
                ("minLong", Number(format.MinLongSide ?? 1)),
                ("minShort", Number(format.MinShortSide ?? 1))));
        }

        return hints;
    }

    private static Finding Hint(MaterialFormat format, string code, params (string, string)[] args) =>
        new("/file", code, Severity.Warning) { Args = Texts.Args(args), Step = "materials", MaterialKind = format.Kind };

    private static string KiB(long bytes) => Number((bytes + 1023) / 1024);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
