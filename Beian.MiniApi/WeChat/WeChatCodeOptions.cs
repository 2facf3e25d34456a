using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat;

/// <summary>How Mini Program codes (小程序码) are drawn: the one on the start page, those for joining an account and those that hand a face check over.</summary>
public sealed class WeChatCodeOptions
{
    public const string Section = "WeChat:Codes";

    /// <summary>Whether WeChat checks that the page is in the released edition; off while only a trial edition has it. Default true.</summary>
    public bool CheckPath { get; set; } = true;

    /// <summary>Which edition a code opens: <c>Release</c>, <c>Trial</c> or <c>Develop</c>; default <c>Release</c>.</summary>
    public WeChatEdition Edition { get; set; } = WeChatEdition.Release;

    /// <summary>Page that takes a code for joining an account, without a leading slash; null for the home page. Default null.</summary>
    public string? JoinPage { get; set; }

    /// <summary>Width of a code in pixels; default 430.</summary>
    [Range(280, 1_280)]
    public int Width { get; set; } = 430;

    /// <summary>Milliseconds a request waits for WeChat's picture before it answers with a QR code instead; default 3,000.</summary>
    [Range(50, 60_000)]
    public int PatienceMilliseconds { get; set; } = 3_000;
}
