using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Mail;

/// <summary>E-mails to applicants. Without a host none are sent.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Host name of the SMTP server, or <c>self</c> for this server's sandbox. Default none: no mail is sent; in Development <c>self</c>.</summary>
    public string? Host { get; set; }

    /// <summary>Port of the SMTP server; default 587. The sandbox's is its own.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected: <c>startTls</c>, the default, without which nothing is sent, or <c>none</c>, in Development only.</summary>
    [Required]
    [RegularExpression("startTls|none")]
    public string Tls { get; set; } = "startTls";

    /// <summary>User name at the SMTP server; default none, no login.</summary>
    public string? UserName { get; set; }

    /// <summary>Its password; default none, never logged.</summary>
    public string? Password { get; set; }

    /// <summary>Address that mails come from; needed with a host, no default.</summary>
    public string? From { get; set; }

    /// <summary>Name shown beside it; default none.</summary>
    public string? FromName { get; set; }

    /// <summary>Address that answers go to; default none, the sender's.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>How long one mail may take; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Where the played SMTP server listens; it sets this when it starts.</summary>
public sealed class SelfMail
{
    /// <summary>0 until it listens.</summary>
    public int Port { get; set; }
}

/// <summary>Names each setting of mail that cannot be used.</summary>
internal sealed class MailOptionsCheck(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var wrong = string.IsNullOrEmpty(options.Host) ? [] : Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> Wrong(MailOptions options)
    {
        if (options.Host == SelfAddress.Self && !environment.IsDevelopment())
        {
            yield return "Mail:Host 'self' is the sandbox, which only Development has.";
        }

        if (options.Tls == "none" && !environment.IsDevelopment())
        {
            yield return "Mail:Tls 'none' sends mails and password in the clear, which is for Development only.";
        }

        if (!PhoneNumbers.IsEmail(options.From))
        {
            yield return "Mail:From must be the address that mails come from.";
        }

        if (options.ReplyTo is { Length: > 0 } reply && !PhoneNumbers.IsEmail(reply))
        {
            yield return "Mail:ReplyTo must be an address.";
        }

        if (string.IsNullOrEmpty(options.UserName) != string.IsNullOrEmpty(options.Password))
        {
            yield return "Mail:UserName and Mail:Password belong together.";
        }

        if (options.FromName is { } shown && shown.Any(char.IsControl))
        {
            yield return "Mail:FromName must be one line.";
        }
    }
}
