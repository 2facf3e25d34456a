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
    public const string Dark = "material.hint.dark";
    public const string Blurred = "material.hint.blurred";
    public const string CutOff = "material.hint.cutOff";
    public const string NoCopy = "material.hint.noCopy";

    /// <summary>Percent of mean brightness below which small print sinks into shadow; our own measure on photographs, nobody publishes one.</summary>
    public const int LeastBrightness = 25;

    /// <summary>Percent of difference between neighbours below which no letter has an edge; our own measure.</summary>
    public const int LeastSharpness = 6;

    /// <summary>Edges that something runs across before the paper is taken to be cut off.</summary>
    public const int MostOpenEdges = 2;

    /// <summary>The hints on a paper, with the measured values: of the file, and of its pixels once somebody has looked.</summary>
    public static IReadOnlyList<Finding> Of(MaterialFormat format, Material paper)
    {
        var hints = Of(format, paper.Size, paper.Width, paper.Height);
        if (paper.Width is null || (paper.Look is null && paper.Copies?.State != CopyState.Failed))
        {
            return hints;
        }

        var all = new List<Finding>(hints);
        if (paper.Copies?.State == CopyState.Failed)
        {
            all.Add(Hint(format, NoCopy));
        }

        if (paper.Look is { Brightness: < LeastBrightness } dark)
        {
            all.Add(Hint(format, Dark, ("value", Number(dark.Brightness)), ("min", Number(LeastBrightness))));
        }

        if (paper.Look is { Sharpness: < LeastSharpness } blurred)
        {
            all.Add(Hint(format, Blurred, ("value", Number(blurred.Sharpness)), ("min", Number(LeastSharpness))));
        }

        if (paper.Look is { OpenEdges: > MostOpenEdges } cut && format.ShowsWholePaper)
        {
            all.Add(Hint(format, CutOff, ("value", Number(cut.OpenEdges))));
        }

        return all;
    }

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
