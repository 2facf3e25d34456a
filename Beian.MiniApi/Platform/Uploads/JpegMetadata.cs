using System.Buffers.Binary;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// Checks what stands in front of the pixels of a JPEG: camera data that can be walked without going in circles, a colour profile whose parts fit, and no
/// other kind of file in between. Nothing of it is kept.
/// </summary>
internal sealed class JpegMetadata
{
    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> Profile => "ICC_PROFILE\0"u8;

    private readonly HashSet<int> _profileParts = [];
    private int _profileCount;

    /// <summary>Whether the camera said that more pictures follow behind this one.</summary>
    public bool HasMore { get; private set; }

    /// <summary>How the picture was held, as EXIF numbers it: 1 is upright.</summary>
    public int Orientation { get; private set; } = 1;

    /// <summary>Whether readers need that segment to show the picture in its colours; everything else is about the camera and whoever held it.</summary>
    public static bool IsNeeded(byte marker, ReadOnlySpan<byte> body) => marker is 0xE0 or 0xEE || (marker == 0xE2 && body.StartsWith(Profile));

    public void Add(byte marker, ReadOnlySpan<byte> body)
    {
        if (ForeignContent.IsIn(body))
        {
            throw BrokenMediaException.Foreign();
        }

        if (marker == 0xE1 && body.StartsWith(Exif))
        {
            Orientation = ExifCheck.Inspect(body[Exif.Length..]);
        }

        if (marker == 0xE2 && body.StartsWith("MPF\0"u8))
        {
            HasMore = true;
        }

        if (marker == 0xE2 && body.StartsWith(Profile))
        {
            ProfilePart(body[Profile.Length..]);
        }
    }

    /// <summary>One part of a colour profile: its number from 1, how many there are, its bytes (ICC.1, B.4).</summary>
    private void ProfilePart(ReadOnlySpan<byte> part)
    {
        if (part.Length < 2 || part[0] == 0 || part[0] > part[1] || (_profileCount != 0 && _profileCount != part[1]) || !_profileParts.Add(part[0]))
        {
            throw BrokenMediaException.Unreadable();
        }

        _profileCount = part[1];
        if (part[0] == 1)
        {
            ProfileHead(part[2..], onlyPart: part[1] == 1);
        }
    }

    /// <summary>A profile begins with its own size and has its signature at byte 36.</summary>
    internal static void ProfileHead(ReadOnlySpan<byte> profile, bool onlyPart)
    {
        if (profile.Length < 128 || !profile[36..40].SequenceEqual("acsp"u8))
        {
            throw BrokenMediaException.Unreadable();
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(profile);
        if (size > 4 * 1024 * 1024 || (onlyPart && size > profile.Length))
        {
            throw BrokenMediaException.Unreadable();
        }
    }
}
