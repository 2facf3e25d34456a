using System.Reflection;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>
/// Writes 仅供备案使用 where a picture is free: on the emptiest place that has room for it. Print, faces, emblems and seals must stay uncovered, so where no
/// place is empty enough nothing is written. The letters are a drawn stencil (Noto Sans CJK, OFL): no font has to be installed.
/// </summary>
internal static class Watermark
{
    private const string Resource = "Beian.MiniApi.Platform.Pictures.watermark.pgm";

    /// <summary>Part of the picture's width that the words take, and the pixels they take at least and at most.</summary>
    private const double Share = 0.22;
    private const int LeastWidth = 140;
    private const int MostWidth = 420;

    /// <summary>Places tried across and down.</summary>
    private const int Tries = 24;

    /// <summary>Mean difference between neighbours, of 255, up to which a place is empty: paper has grain, print has more.</summary>
    private const double Empty = 5;

    private const double Opacity = 0.45;

    private static readonly Lazy<(int Width, int Height, byte[] Ink)> Stencil = new(Read);

    /// <summary>Writes into the pixels; false when no place is empty.</summary>
    public static bool Write(PlainPicture picture)
    {
        var (width, height, _) = Stencil.Value;
        var wide = Math.Clamp((int)(picture.Width * Share), LeastWidth, MostWidth);
        var high = wide * height / width;
        if (wide + 8 > picture.Width || high + 8 > picture.Height || Place(picture, wide, high) is not { } place)
        {
            return false;
        }

        Draw(picture, place.X, place.Y, wide, high);
        return true;
    }

    private static (int X, int Y)? Place(PlainPicture picture, int wide, int high)
    {
        var best = double.MaxValue;
        (int X, int Y)? place = null;
        for (var i = 0; i <= Tries; i++)
        {
            for (var j = 0; j <= Tries; j++)
            {
                var (x, y) = (2 + ((picture.Width - wide - 4) * j / Tries), 2 + ((picture.Height - high - 4) * i / Tries));
                var detail = Detail(picture, x, y, wide, high, best);
                if (detail < best)
                {
                    (best, place) = (detail, (x, y));
                }
            }
        }

        return best <= Empty ? place : null;
    }

    /// <summary>Mean difference between neighbours; any part of the place that is not empty makes it so.</summary>
    private static double Detail(PlainPicture picture, int left, int top, int wide, int high, double best)
    {
        var worst = 0.0;
        const int Parts = 6;
        for (var part = 0; part < Parts && worst < best; part++)
        {
            long sum = 0;
            var count = 0;
            for (var y = top + 1; y < top + high; y += 2)
            {
                for (var x = left + (wide * part / Parts) + 1; x < left + (wide * (part + 1) / Parts); x += 2)
                {
                    var here = picture.Luma(x, y);
                    sum += Math.Abs(here - picture.Luma(x - 1, y)) + Math.Abs(here - picture.Luma(x, y - 1));
                    count += 2;
                }
            }

            worst = Math.Max(worst, count == 0 ? 255 : (double)sum / count);
        }

        return worst;
    }

    /// <summary>Dark letters on light ground and light ones on dark, half transparent.</summary>
    private static void Draw(PlainPicture picture, int left, int top, int wide, int high)
    {
        var (width, height, ink) = Stencil.Value;
        var colour = picture.Luma(left + (wide / 2), top + (high / 2)) > 110 ? 60 : 220;
        for (var y = 0; y < high; y++)
        {
            for (var x = 0; x < wide; x++)
            {
                var strength = Opacity * ink[(y * height / high * width) + (x * width / wide)] / 255;
                var at = (((top + y) * picture.Width) + left + x) * 3;
                for (var band = 0; band < 3; band++)
                {
                    picture.Rgb[at + band] = (byte)((picture.Rgb[at + band] * (1 - strength)) + (colour * strength));
                }
            }
        }
    }

    private static (int Width, int Height, byte[] Ink) Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var file = memory.ToArray();
        var head = System.Text.Encoding.ASCII.GetString(file, 0, 15).Split([' ', '\n']);
        var (width, height) = (int.Parse(head[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(head[2], System.Globalization.CultureInfo.InvariantCulture));
        return (width, height, file[^(width * height)..]);
    }
}
