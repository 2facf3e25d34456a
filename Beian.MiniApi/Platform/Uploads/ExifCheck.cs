using System.Buffers.Binary;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Walks the directories of camera data (Exif 2.32 over TIFF 6.0): each inside the data, none twice, few altogether. Values are not read, except the pointers between directories and how the picture was held.</summary>
internal static class ExifCheck
{
    private const int MaxDirectories = 12;
    private const int MaxEntries = 1024;
    private const int EntryBytes = 12;

    private const int Orientation = 0x0112;
    private const int ExifPointer = 0x8769;
    private const int GpsPointer = 0x8825;
    private const int MakerNote = 0x927C;

    /// <summary>Bytes of one value by its type, 1 to 12.</summary>
    private static ReadOnlySpan<byte> Sizes => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    /// <summary>How the picture was held, 1 to 8; 1 where nothing is said.</summary>
    public static int Inspect(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            throw BrokenMediaException.Unreadable();
        }

        var little = tiff[0] == (byte)'I';
        var seen = new HashSet<uint>();
        var open = new Stack<uint>();
        open.Push(UInt32(tiff[4..], little));
        var held = 1;
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at) || seen.Count > MaxDirectories)
            {
                throw BrokenMediaException.Unreadable();
            }

            var said = Directory(tiff, at, little, open);
            held = seen.Count == 1 && said is >= 1 and <= 8 ? said : held;
        }

        return held;
    }

    private static int Directory(ReadOnlySpan<byte> tiff, uint at, bool little, Stack<uint> open)
    {
        if (at < 8 || at > tiff.Length - 2)
        {
            throw BrokenMediaException.Unreadable();
        }

        int count = UInt16(tiff[(int)at..], little);
        var entries = tiff[((int)at + 2)..];
        if (count > MaxEntries || entries.Length < count * EntryBytes)
        {
            throw BrokenMediaException.Unreadable();
        }

        var held = 0;
        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * EntryBytes, EntryBytes);
            Entry(tiff, entry, little, open);
            held = UInt16(entry, little) == Orientation ? UInt16(entry[8..], little) : held;
        }

        // Some programs leave out where the next directory is.
        var rest = entries[(count * EntryBytes)..];
        if (rest.Length >= 4 && UInt32(rest, little) is var next and not 0)
        {
            open.Push(next);
        }

        return held;
    }

    private static void Entry(ReadOnlySpan<byte> tiff, ReadOnlySpan<byte> entry, bool little, Stack<uint> open)
    {
        int tag = UInt16(entry, little), type = UInt16(entry[2..], little);
        ulong bytes = (type < Sizes.Length ? Sizes[type] : 0UL) * UInt32(entry[4..], little);
        var value = UInt32(entry[8..], little);
        if (tag is ExifPointer or GpsPointer)
        {
            open.Push(value);
        }

        // Makers' own notes point outside now and then; nobody reads them.
        else if (tag != MakerNote && bytes > 4 && value + bytes > (ulong)tiff.Length)
        {
            throw BrokenMediaException.Unreadable();
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
