using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>A message above a page after something was done or refused.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">More of it, or null.</param>
/// <param name="IsRefusal">Whether it is a refusal.</param>
public sealed record Flash(string Title, string? Detail, bool IsRefusal);

/// <summary>What every page knows besides its model: who looks, in which language, and how to say things. Cascades to all components.</summary>
public sealed record ConsoleView(ConsoleWords Words, TextCatalogue Texts, bool English)
{
    /// <summary>The page's title, worded.</summary>
    public required string Title { get; init; }

    /// <summary>Who is logged in; null on the pages of the login.</summary>
    public CurrentUser? User { get; init; }

    /// <summary>What the member is called; empty without one.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Goes into every form as <c>__RequestVerificationToken</c>; the part <c>Post</c> does it.</summary>
    public required string Token { get; init; }

    /// <summary>Path and query of the page, for coming back to it.</summary>
    public required string Here { get; init; }

    /// <summary>Path of the request that the page answers, be it a form's.</summary>
    public required string At { get; init; }

    public Flash? Flash { get; init; }

    /// <summary>Business time.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The page's language as HTML names it.</summary>
    public string Language => English ? "en" : "zh-CN";

    /// <summary>Whether an admin looks.</summary>
    public bool IsAdmin => User is { Role: Role.Admin };

    /// <summary>A phrase without placeholders.</summary>
    public string this[string key] => Words.Find(key, English);

    /// <summary>A phrase with its placeholders filled.</summary>
    public string Say(string key, params (string Name, object Value)[] values) => Words.Find(key, English, values);

    /// <summary>The words of a code of the catalogue, such as <c>name.state.approved</c>.</summary>
    public TextEntry Text(string code, IReadOnlyDictionary<string, string>? args = null) => Texts.Find(code, English, args ?? Domain.Texts.NoArgs);

    /// <summary>The words of a refusal, with the remedy that fits it.</summary>
    public TextEntry Text(DomainError error)
    {
        var text = Text(error.Code, error.Args);
        return error.RemedyCode is { } other ? text with { Remedy = Text(other, error.Args).Remedy } : text;
    }

    /// <summary>An instant on the wall in Shanghai, such as <c>2026-11-27 22:05</c>.</summary>
    public static string Time(DateTimeOffset at) => at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For the <c>datetime</c> of a <c>time</c> element.</summary>
    public static string Iso(DateTimeOffset at) => at.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>How long until a due time, or how long past it, in the two largest units.</summary>
    public string Until(DateTimeOffset due) => due < Now ? Say("time.overdue", ("span", Span(Now - due))) : Say("time.left", ("span", Span(due - Now)));

    /// <summary>A length of time in its two largest units, never less than a minute.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => Say("time.days", ("days", (int)span.TotalDays), ("hours", span.Hours)),
        { TotalHours: >= 1 } => Say("time.hours", ("hours", (int)span.TotalHours), ("minutes", span.Minutes)),
        _ => Say("time.minutes", ("minutes", Math.Max(1, (int)span.TotalMinutes))),
    };
}
