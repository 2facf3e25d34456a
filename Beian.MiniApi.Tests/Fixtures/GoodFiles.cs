using System.Diagnostics;
using Beian.MiniApi.Platform.Pictures;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Pictures and films that must all be taken: of our own encoders, and of libvips where it is there.</summary>
public static class GoodFiles
{
    private const string Video = "promiseVideoJiangsu";
    private const string Picture = "otherSupplement";

    private static readonly (int, int)[][] Samplings = [[(1, 1)], [(2, 2), (1, 1), (1, 1)], [(2, 1), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1)], [(1, 2), (1, 1), (1, 1)], [(4, 1), (1, 1), (1, 1)], [(1, 1), (1, 1), (1, 1), (1, 1)]];

    private static readonly string[] VipsFormats = [".jpg[Q=40]", ".jpg[Q=95,interlace]", ".jpg[optimize-coding,restart-interval=3]", ".jpg[subsample-mode=off]", ".png", ".png[interlace]", ".png[palette]", ".png[bitdepth=1]", ".png[compression=9,filter=all]"];

    public static IEnumerable<(string Name, string Kind, byte[] File)> All(int jpegs, int pngs)
    {
        for (var n = 0; n < jpegs; n++)
        {
            yield return ($"JPEG {n}", Picture, Jpeg(n));
        }

        for (var n = 0; n < pngs; n++)
        {
            yield return ($"PNG {n}", Picture, Png(n));
        }

        foreach (var seconds in Enumerable.Range(1, 40))
        {
            yield return ($"film of {seconds} s", Video, Samples.TinyMp4(seconds, 2000 + seconds, movieLast: seconds % 2 == 0, brand: seconds % 3 == 0 ? "mp42" : "isom"));
        }

        foreach (var (format, i) in VipsFormats.Select((f, i) => (f, i)))
        {
            if (Vips(NoisyJpeg.Make(300 + i, 200, seed: i + 1), format) is { } file)
            {
                yield return ("vips " + format, Picture, file);
            }
        }
    }

    /// <summary>Encodings, with what cameras put in front and behind.</summary>
    public static byte[] Jpeg(int n)
    {
        byte[][] before = (n % 5) switch
        {
            0 => [],
            1 => [JpegMaker.Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0])],
            2 => [JpegMaker.Segment(0xE1, Exif(1 + (n % 8))), JpegMaker.Segment(0xFE, [.. "made up"u8])],
            3 => [JpegMaker.Segment(0xE1, Exif(6)), JpegMaker.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Profile()])],
            _ => [JpegMaker.Segment(0xE2, [.. "MPF\0"u8, .. new byte[30]])],
        };
        var jpeg = new JpegMaker
        {
            Width = 17 + (n * 13 % 200),
            Height = 9 + (n * 7 % 150),
            Sampling = Samplings[n % Samplings.Length],
            Progressive = n % 3 == 1,
            Separate = n % 4 == 2,
            Restart = n % 6 == 5 ? 2 : 0,
            Corrections = 1 + (n % 2),
            Seed = n,
            Before = before,
        }.Make();
        return (n % 5, n % 10) switch
        {
            (4, _) => [.. jpeg, .. new JpegMaker { Seed = n, Width = 16, Height = 16 }.Make()],
            (_, 1) => [.. jpeg, .. new byte[777]],
            (_, 2) => [.. jpeg, .. Samples.TinyMp4(2, brand: "mp42")],
            (_, 3) => [.. jpeg, .. new byte[] { 0, 0, 1, 10 }, .. "SEFH....SEFT"u8],
            _ => jpeg,
        };
    }

    public static byte[] Png(int n)
    {
        var (colour, depth) = PngMaker.Kinds[n % PngMaker.Kinds.Length];
        return new PngMaker
        {
            Width = 1 + (n * 11 % 90),
            Height = 1 + (n * 5 % 70),
            Colour = colour,
            Depth = depth,
            Interlaced = n / PngMaker.Kinds.Length % 2 == 1,
            Filter = (n % 6) - 1,
            ChunkBytes = n % 4 == 0 ? 100 + n : int.MaxValue,
            Seed = n,
            Before = n % 3 == 0 ? [Samples.Chunk("gAMA"u8, [0, 0, 0xB1, 0x8F]), Samples.Chunk("tEXt"u8, [.. "Software\0made up"u8]), .. Texts()] : [],
        }.Make();
    }

    /// <summary>Camera data with an orientation and a second directory for the camera's own settings.</summary>
    public static byte[] Exif(int orientation) =>
        [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 2, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 1, 0x90, 0, 0, 7, 0, 0, 0, 4, .. "0232"u8, 0, 0, 0, 0];

    /// <summary>The file of another encoder, or null where there is none.</summary>
    public static byte[]? Vips(byte[] picture, string format)
    {
        if (!VipsFactAttribute.IsThere)
        {
            return null;
        }

        var start = new ProcessStartInfo("vipsthumbnail") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "stdin", "--size=10000x10000>", "--output=" + format })
        {
            start.ArgumentList.Add(argument);
        }

        using var program = Process.Start(start)!;
        var errors = program.StandardError.ReadToEndAsync();

        // It writes while it reads: whoever only writes would wait for it for ever.
        var feeding = Task.Run(() =>
        {
            program.StandardInput.BaseStream.Write(picture);
            program.StandardInput.Close();
        });
        using var made = new MemoryStream();
        program.StandardOutput.BaseStream.CopyTo(made);
        program.WaitForExit();
        feeding.Wait();
        return program.ExitCode == 0 && made.Length > 0 ? made.ToArray() : throw new InvalidOperationException(errors.Result);
    }

    /// <summary>A photograph of a printed page, held upright by a phone that stores it lying: JPEG of libvips with camera data in front.</summary>
    public static byte[] Photograph(int width, int height)
    {
        var jpeg = Vips(Page(width, height, printed: 0.5).ToPng(), ".jpg[Q=95,strip]")!;
        return [.. jpeg[..2], .. JpegMaker.Segment(0xE1, Exif(6)), .. jpeg[2..]];
    }

    /// <summary>Black strokes on paper, over that part of its height, inside a margin.</summary>
    internal static PlainPicture Page(int width, int height, double printed, int paper = 235) => Plain(width, height, (x, y) =>
        printed >= 1 ? (x * 7 + y * 13) % 11 < 4 ? 20 : paper
        : x > width / 10 && x < width * 9 / 10 && y > height / 10 && y < height * printed && x / 3 % 3 == 0 && y / 12 % 2 == 0 ? paper / 8 : paper);

    internal static PlainPicture Plain(int width, int height, Func<int, int, int> luma)
    {
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < rgb.Length; at++)
        {
            rgb[at] = (byte)luma(at / 3 % width, at / 3 / width);
        }

        return new PlainPicture(width, height, rgb);
    }

    private static byte[] Profile()
    {
        var profile = new byte[144];
        profile[3] = 144;
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    /// <summary>A compressed text, and a translated one in the clear and compressed.</summary>
    private static byte[][] Texts() =>
    [
        Samples.Chunk("zTXt"u8, [.. "Comment\0\0"u8, .. PngMaker.Pack([.. "a < b, "u8, .. new byte[20_000]])]),
        Samples.Chunk("iTXt"u8, [.. "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"u8]),
        Samples.Chunk("iTXt"u8, [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. PngMaker.Pack([.. "<x:xmpmeta/>"u8])]),
    ];
}
