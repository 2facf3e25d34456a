using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Scanning;

/// <summary>The scanner that looks for malware in uploads.</summary>
public sealed class ScanOptions
{
    public const string Section = "Scan";

    /// <summary>Where clamd listens: the path of its socket, or <c>host:port</c>; empty for no scanning, which is the default. Its <c>StreamMaxLength</c> must be 110M or more, or films are never scanned.</summary>
    [RegularExpression(@"(/.+|[^/:]+:\d{1,5})?")]
    public string ClamAv { get; set; } = string.Empty;

    /// <summary>Seconds one file may take; default 60.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 60;
}
