using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Features.Start;

/// <summary>The public page at <c>/</c>.</summary>
public sealed class StartPageOptions
{
    public const string Section = "StartPage";

    /// <summary>Whether the page shows the Mini Program code (小程序码), asked of WeChat at the start and once a day; default true.</summary>
    public bool MiniProgramCode { get; set; } = true;

    /// <summary>
    /// Address that opens the Mini Program, such as one made in its console; shown as a QR code while WeChat gives no Mini Program code. Null makes a link at
    /// WeChat instead. Default null.
    /// </summary>
    [MaxLength(1_000)]
    [RegularExpression("https?://.+", ErrorMessage = "StartPage:Link must be an absolute http(s) address.")]
    public string? Link { get; set; }
}
