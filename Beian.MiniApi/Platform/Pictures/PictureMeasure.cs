using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Measures legibility in the pixels of a small version of a picture. The numbers are hints for people, so simple measures that can be explained are enough.</summary>
internal static class PictureMeasure
{
    /// <summary>Longest side of the version that is measured, in pixels: the thresholds hold for this size.</summary>
    public const int Side = 1024;

    /// <summary>Difference across one step along an edge of the picture that counts as something running across it, of 255.</summary>
    private const int EdgeStep = 40;

    /// <summary>Such steps on a hundredth of an edge make it open.</summary>
    private const int OpenShare = 100;

    public static PictureLook Of(PlainPicture picture) => new(Brightness(picture), Sharpness(picture), OpenEdges(picture));

    private static int Brightness(PlainPicture picture)
    {
        long sum = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                sum += picture.Luma(x, y);
            }
        }

        return (int)(sum * 100 / (255L * picture.Width * picture.Height));
    }

    /// <summary>The difference between neighbours that the sharpest hundredth of all places reaches: letters cover little of a paper.</summary>
    private static int Sharpness(PlainPicture picture)
    {
        var counts = new long[256];
        long all = 0;
        for (var y = 1; y < picture.Height; y++)
        {
            for (var x = 1; x < picture.Width; x++)
            {
                var here = picture.Luma(x, y);
                counts[Math.Max(Math.Abs(here - picture.Luma(x - 1, y)), Math.Abs(here - picture.Luma(x, y - 1)))]++;
                all++;
            }
        }

        long seen = 0;
        for (var step = 255; step > 0; step--)
        {
            seen += counts[step];
            if (seen * 100 >= all)
            {
                return step * 100 / 255;
            }
        }

        return 0;
    }

    /// <summary>Edges along which the picture changes sharply now and then: the print or the border of a paper that goes on outside.</summary>
    private static int OpenEdges(PlainPicture p) =>
        (p.Width < 16 || p.Height < 16) ? 0
        : Open(p.Width, x => p.Luma(x, 0)) + Open(p.Width, x => p.Luma(x, p.Height - 1)) + Open(p.Height, y => p.Luma(0, y)) + Open(p.Height, y => p.Luma(p.Width - 1, y));

    private static int Open(int length, Func<int, int> at)
    {
        var steps = 0;
        for (var i = 2; i < length; i++)
        {
            steps += Math.Abs(at(i) - at(i - 2)) >= EdgeStep ? 1 : 0;
        }

        return steps * OpenShare >= length ? 1 : 0;
    }
}
