using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>How much recognition is given out. The provider pays for each picture after the first hundred of a day.</summary>
public sealed class OcrOptions
{
    public const string Section = "Ocr";

    /// <summary>Pictures a user may have read within 24 hours; repeats from memory are free; default 30.</summary>
    [Range(1, 10_000)]
    public int PicturesPerUserAndDay { get; set; } = 30;

    /// <summary>Minutes for which the same picture of the same account is answered from memory; default 10.</summary>
    [Range(0, 1_440)]
    public int CacheMinutes { get; set; } = 10;

    /// <summary>Pictures that are in memory to be read at once, each below 2 MB; default 16.</summary>
    [Range(1, 1_000)]
    public int AtOnce { get; set; } = 16;
}
