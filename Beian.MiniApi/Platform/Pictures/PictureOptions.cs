using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>The program that makes smaller copies of pictures.</summary>
public sealed class PictureOptions
{
    public const string Section = "Pictures";

    /// <summary>The <c>vipsthumbnail</c> of libvips 8.13 or later (Debian package <c>libvips-tools</c>), by name or path; default <c>vipsthumbnail</c>. Where it is missing no copies are made.</summary>
    [Required]
    public string Thumbnailer { get; set; } = "vipsthumbnail";

    /// <summary>The <c>prlimit</c> of util-linux that bounds it, by name or path; default <c>prlimit</c>. Without it no copies are made.</summary>
    [Required]
    public string Limiter { get; set; } = "prlimit";

    /// <summary>Seconds one picture may take in all, with the wait for others and every size that is tried; default 8.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 8;

    /// <summary>Mebibytes of address space one copy may take; default 768. The program takes some 190 before it has seen a pixel.</summary>
    [Range(256, 16_384)]
    public int MemoryMebibytes { get; set; } = 768;

    /// <summary>Copies made at once; default 2.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 2;
}
