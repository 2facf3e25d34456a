using System.Buffers.Binary;

namespace Beian.MiniApi.Tests.Fixtures;

#pragma warning disable CA5394 // The same noise at every run.
/// <summary>Files that must never be taken: families of them, each with as many members as there are seeds. Built in memory, one at a time.</summary>
public static class BadFiles
{
    private const string Video = "promiseVideoJiangsu";
    private const string Picture = "otherSupplement";

    private static readonly string[] Lies = ["a.jpg", "../../a.jpg", "a\u202Egpj.exe", "a%00.jpg", "CON.jpg", "a\u0001\u0002.png", new string('n', 4000) + ".jpg"];

    /// <summary>Name of the family, kind to upload as, and its n-th member.</summary>
    public static readonly (string Family, string Kind, Func<int, byte[]> Make)[] Families =
    [
        ("wrong first bytes", Picture, n => Noise(n, 50 + (n * 37 % 5000), first: [(byte)(n % 255), 0x11])),
        ("page named .jpg", Picture, n => Text($"<!DOCTYPE html><html><body onload=alert({n})></body></html>")),
        ("drawing named .jpg", Picture, n => Text($"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{n}\"/>")),
        ("document named .jpg", Picture, n => [.. Text("%PDF-1.7\n"), .. Noise(n, 400 + n)]),
        ("other pictures", Picture, n => [.. (n % 4) switch { 0 => Text("GIF89a"), 1 => Text("RIFF\0\0\0\0WEBPVP8 "), 2 => Text("BM"), _ => new byte[] { 0x49, 0x49, 0x2A, 0 } }, .. Noise(n, 300)]),
        ("HEIC and AVIF", Picture, n => Samples.TinyMp4(1 + n, brand: n % 2 == 0 ? "heic" : "avif")),
        ("script in front", Picture, n => [.. Text($"<script>{n}</script>"), .. Jpeg(n)]),
        ("archive behind a JPEG", Picture, n => [.. Jpeg(n), .. "PK\u0003\u0004"u8, .. Noise(n, 200 + n)]),
        ("page behind a JPEG", Picture, n => [.. Jpeg(n), .. Text($"<html>{n}</html>")]),
        ("program behind a JPEG", Picture, n => [.. Jpeg(n), .. "MZ"u8, .. Noise(n, 500 + n)]),
        ("anything behind a PNG", Picture, n => [.. Png(n), .. Noise(n, 1 + n)]),
        ("page in a comment", Picture, n => new JpegMaker { Seed = n, Before = [JpegMaker.Segment(0xFE, Text($"<?php system({n}); ?>"))] }.Make()),
        ("document in a comment", Picture, n => new JpegMaker { Seed = n, Before = [JpegMaker.Segment(0xFE, Text($"%PDF-1.{n}"))] }.Make()),
        ("page in a text chunk", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("tEXt"u8, Text($"Comment\0<script>{n}</script>"))] }.Make()),
        ("JPEG cut off anywhere", Picture, n => Cut(Jpeg(n), n)),
        ("progressive JPEG cut off anywhere", Picture, n => Cut(new JpegMaker { Seed = n, Progressive = true }.Make(), n)),
        ("page in a compressed text", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("zTXt"u8, [.. Text("Comment\0\0"), .. PngMaker.Pack([.. Text(new string('a', 200 * n)), .. Text($"<script>{n}</script>")])])] }.Make()),
        ("page in a compressed translation", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("iTXt"u8, [.. Text("Comment\0\u0001\0zh\0\0"), .. PngMaker.Pack(Text($"<?php {n} ?>"))])] }.Make()),
        ("text that explodes", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("zTXt"u8, [.. Text("Comment\0\0"), .. PngMaker.Pack(new byte[6_000_000 + n])])] }.Make()),
        ("PNG cut off anywhere", Picture, n => Cut(Png(n), n)),
        ("film cut off anywhere", Video, n => Cut(Samples.TinyMp4(1 + (n % 50), 3000 + n), n)),
        ("zeros in a JPEG's scan", Picture, n => Zeros(Jpeg(n), n)),
        ("noise for a JPEG's scan", Picture, n => NoiseInScan(n)),
        ("flipped bits in a PNG", Picture, n => Flip(Png(n), n)),
        ("PNG with a wrong check sum", Picture, n => WrongSum(n)),
        ("strip of 60,000 pixels", Picture, n => n % 2 == 0 ? new JpegMaker { Width = 60_000 + n, Height = 1 + (n % 9) }.Make() : new PngMaker { Width = 60_000 + n, Height = 1 + (n % 9), Colour = 0, Depth = 1 }.Make()),
        ("bomb of pixels", Picture, n => Bomb(20_000 + n, 20_000)),
        ("bomb of compression", Picture, n => new PngMaker { Seed = n, Rows = rows => [.. rows, .. new byte[3_000_000 + n]] }.Make()),
        ("too few rows", Picture, n => new PngMaker { Seed = n, Rows = rows => rows[..^(1 + (n % 50))] }.Make()),
        ("filter that does not exist", Picture, n => new PngMaker { Seed = n, Rows = rows => [(byte)(5 + (n % 250)), .. rows[1..]] }.Make()),
        ("PNG header that cannot be", Picture, BadHeader),
        ("animated PNG", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("acTL"u8, [0, 0, 0, (byte)(2 + (n % 9)), 0, 0, 0, 0])] }.Make()),
        ("unknown chunk that must be known", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("EVIL"u8, Noise(n, 9))] }.Make()),
        ("camera data in circles", Picture, n => WithExif(n, Circle(n))),
        ("camera data that claims too much", Picture, n => WithExif(n, TooMany(n))),
        ("colour profile that is none", Picture, n => new JpegMaker { Seed = n, Before = [JpegMaker.Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Noise(n, 200)])] }.Make()),
        ("colour profile that explodes", Picture, n => new PngMaker { Seed = n, Before = [Samples.Chunk("iCCP"u8, [.. Text("p\0\0"), .. PngMaker.Pack([.. Profile(), .. new byte[6_000_000 + n]])])] }.Make()),
        ("frame nobody reads", Picture, n => new JpegMaker { Seed = n, FrameMarker = (byte)(n % 3 == 0 ? 0xC3 : n % 3 == 1 ? 0xC9 : 0xCA) }.Make()),
        ("two frames", Picture, n => new JpegMaker { Seed = n, Before = [JpegMaker.Segment(0xC0, [8, 0, 16, 0, 16, 1, 1, 0x11, 0])] }.Make()),
        ("two components", Picture, n => new JpegMaker { Seed = n, Sampling = [(1, 1), (1, 1)] }.Make()),
        ("progression backwards", Picture, n => Progression(n)),
        ("hundreds of scans", Picture, n => new JpegMaker { Width = 8, Height = 8, Seed = n, Progressive = true, Corrections = 120 + (n % 100) }.Make()),
        ("second picture cut off", Picture, n => [.. new JpegMaker { Seed = n, Before = [JpegMaker.Segment(0xE2, [.. "MPF\0"u8, .. new byte[20]])] }.Make(), .. Cut(Jpeg(n + 1), n)]),
        ("film without a movie box", Video, n => [.. Brand(), .. Samples.Box("mdat", Noise(n, 100 + n))]),
        ("film without length, or too long", Video, n => Samples.TinyMp4(n % 2 == 0 ? 0 : 61 + n)),
        ("sound only, QuickTime, picture", Video, n => (n % 3) switch { 0 => Samples.TinyMp4(1 + n, handler: "soun"), 1 => Samples.TinyMp4(1 + n, brand: "qt  "), _ => Jpeg(n) }),
        ("film with boxes that lie", Video, n => [.. Brand(), .. Lying(n)]),
        ("page in a film's box", Video, n => [.. Samples.TinyMp4(1 + (n % 50)), .. Samples.Box("free", Text($"<html>{n}</html>"))]),
        ("archive behind a film", Video, n => [.. Samples.TinyMp4(1 + (n % 50)), .. "PK\u0003\u0004"u8, .. Noise(n, 100 + n)]),
    ];

    public static string NameOf(int n) => Lies[n % Lies.Length];

    public static byte[] Noise(int seed, int length, byte[]? first = null)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        first?.CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static byte[] Jpeg(int seed) => new JpegMaker { Seed = seed }.Make();

    private static byte[] Png(int seed) => new PngMaker { Seed = seed, ChunkBytes = 500 }.Make();

    private static byte[] Brand() => Samples.Box("ftyp", [.. "isom\0\0\0\0isom"u8]);

    private static byte[] Cut(byte[] whole, int n) => whole[..(1 + (int)((uint)(n * 7919) % (uint)(whole.Length - 1)))];

    private static int ScanAt(byte[] jpeg) => jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]) + 14;

    /// <summary>Zeros from somewhere in the scan to the end of the file, as a broken card leaves them; the end marker is gone with them or stands behind.</summary>
    private static byte[] Zeros(byte[] jpeg, int n)
    {
        var from = ScanAt(jpeg) + (n * 13 % 40);
        jpeg.AsSpan(from..^2).Clear();
        if (n % 2 == 0)
        {
            jpeg.AsSpan(^2..).Clear();
        }

        // Sizes of nothing and ends of blocks are zeros too: more of them than the picture has blocks.
        return n % 2 == 0 ? jpeg : [.. jpeg[..^2], .. new byte[2000], 0xFF, 0xD9];
    }

    private static byte[] NoiseInScan(int n)
    {
        var jpeg = Jpeg(n);
        var at = ScanAt(jpeg);
        Noise(n, jpeg.Length - at - 2).CopyTo(jpeg, at);
        return jpeg;
    }

    private static byte[] Flip(byte[] png, int n)
    {
        var at = 40 + (n * 31 % (png.Length - 60));
        png[at] ^= (byte)(1 << (n % 8));
        return png;
    }

    private static byte[] WrongSum(int n)
    {
        var png = new PngMaker { Seed = n, Before = [Samples.Chunk("gAMA"u8, [0, 0, 0xB1, 0x8F])] }.Make();
        png[33 + 12 + (n % 4)] ^= 1;
        return png;
    }

    private static byte[] Bomb(int width, int height) =>
        [.. PngMaker.Signature, .. new PngMaker { Width = width, Height = height }.Header(), .. Samples.Chunk("IDAT"u8, PngMaker.Pack(new byte[1000])), .. Samples.Chunk("IEND"u8, [])];

    private static byte[] BadHeader(int n)
    {
        var png = new PngMaker { Seed = n }.Make();
        (int At, byte Value)[] wrong = [(24, 3), (24, 16), (25, 1), (25, 5), (26, 1), (27, 1), (28, 2), (25, 3)];
        var (at, value) = wrong[n % wrong.Length];
        png[at] = value;
        if (at == 24 && value == 16)
        {
            png[25] = 3;
        }

        return [.. png[..8], .. Samples.Chunk("IHDR"u8, png.AsSpan(16, 13)), .. png[33..]];
    }

    private static byte[] WithExif(int seed, byte[] tiff) => new JpegMaker { Seed = seed, Before = [JpegMaker.Segment(0xE1, [.. "Exif\0\0"u8, .. tiff])] }.Make();

    /// <summary>A directory whose next one is itself, or whose pointer to another leads back.</summary>
    private static byte[] Circle(int n) => n % 2 == 0
        ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 8]
        : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, (byte)n];

    private static byte[] TooMany(int n) => (n % 3) switch
    {
        0 => [.. "II*\0"u8, 8, 0, 0, 0, 0xFF, 0xFF, .. new byte[60]],
        1 => [.. "MM\0*"u8, 0x7F, 0xFF, 0xFF, (byte)n, .. new byte[20]],
        _ => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x0F, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 20, 0, 0, 0, 0],
    };

    private static byte[] Profile()
    {
        var profile = new byte[132];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    private static byte[] Progression(int n)
    {
        var jpeg = new JpegMaker { Seed = n, Progressive = true }.Make();
        var at = ScanAt(jpeg) - 3;
        (jpeg[at], jpeg[at + 1], jpeg[at + 2]) = (n % 3) switch { 0 => ((byte)0, (byte)5, (byte)1), 1 => ((byte)9, (byte)3, (byte)0), _ => ((byte)0, (byte)0, (byte)0x31) };
        return jpeg;
    }

    private static byte[] Lying(int n) => (n % 4) switch
    {
        0 => [0, 0, 0, (byte)(n % 8), .. "moov"u8, .. new byte[40]],
        1 => [0x7F, 0xFF, 0xFF, 0xFF, .. "moov"u8, .. new byte[40]],
        2 => [.. Samples.Box("moov", [0, 0, 1, 0, .. "trak"u8, (byte)n]), .. Samples.Box("mdat", new byte[20])],
        _ => [0, 0, 0, 1, .. "mdat"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, (byte)n, .. new byte[30]],
    };
}
