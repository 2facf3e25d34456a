using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>Subscription messages (订阅消息) of the Mini Program. Without a template nothing is sent, and the inbox has everything all the same.</summary>
public sealed class MessageOptions
{
    public const string Section = "WeChat:Messages";

    /// <summary>The console's templates and what each of them tells; default none.</summary>
    public IList<MessageTemplateOptions> Templates { get; } = [];

    /// <summary>Which edition of the Mini Program a card opens: <c>formal</c>, the default, <c>trial</c> or <c>developer</c>.</summary>
    [Required]
    [RegularExpression("formal|trial|developer")]
    public string MiniProgramState { get; set; } = "formal";

    /// <summary>How long a message waits while WeChat cannot be reached before the inbox alone has it, one minute to 7 days; default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan WaitAtMost { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Pause after a first failure to send, doubled by each further one up to 10 minutes and spread by a quarter; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause before a message whose answer was lost is sent once more, one second to one hour, which is done only where it was the user's last permission as far as WeChat has told us. Default none: it is not sent again, since a permission that we were not told of would make it a second message.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan? RepeatAfter { get; set; }

    /// <summary>Messages that are sent at once, each to another user; default 4.</summary>
    [Range(1, 64)]
    public int MaxAtOnce { get; set; } = 4;

    /// <summary>How long it is kept what became of a message; default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(90);
}

/// <summary>One template of the console.</summary>
public sealed class MessageTemplateOptions
{
    /// <summary>The template's id, 43 characters.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What it tells, such as <c>notification.approve</c>; each event belongs to one template.</summary>
    public IList<string> Events { get; } = [];

    /// <summary>Page that the card opens, without a leading slash; <c>{filingId}</c> and <c>{number}</c> are filled in. Default none.</summary>
    public string? Page { get; set; }

    /// <summary>For each line of the template, by its key such as <c>thing1</c>, what it says: <c>subject</c>, <c>site</c>, <c>domain</c>, <c>state</c>, <c>at</c>, <c>number</c>, <c>hint</c>, <c>reason</c>, <c>deadline</c> or <c>phoneTail</c>.</summary>
    public IDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
