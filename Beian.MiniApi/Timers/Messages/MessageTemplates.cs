using System.Collections.Concurrent;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>One line of a template and what it says.</summary>
public sealed record MessageLine(MessageField Field, string Source);

/// <summary>A template as it is configured.</summary>
/// <param name="Id">WeChat's id.</param>
/// <param name="Events">What it tells.</param>
/// <param name="Page">With placeholders; null for none.</param>
/// <param name="Lines">Its lines.</param>
public sealed record MessageTemplate(string Id, IReadOnlyList<string> Events, string? Page, IReadOnlyList<MessageLine> Lines)
{
    /// <summary>The page for one filing.</summary>
    public string? PageFor(FilingSnapshot filing) =>
        Page?.Replace("{filingId}", filing.Id, StringComparison.Ordinal).Replace("{number}", filing.Number, StringComparison.Ordinal);
}

/// <summary>
/// The configured templates, compared with those that WeChat has when they are first used and every hour from then on: one that differs is switched off, as is
/// one that WeChat refuses, until a later look finds it good. A comparison that WeChat does not answer changes nothing.
/// </summary>
public sealed partial class MessageTemplates(
    IWeChatClient wechat, MessageMetrics metrics, IOptions<MessageOptions> options, TimeProvider time, ILogger<MessageTemplates> log)
{
    /// <summary>Between comparisons, and how long a refused template or channel rests.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(1);

    /// <summary>Until the next comparison after one that WeChat did not answer.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _off = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WeChatTemplate> _known = new(StringComparer.Ordinal);
    private DateTimeOffset _compareAt = DateTimeOffset.MinValue;

    /// <summary>Every configured template.</summary>
    public IReadOnlyList<MessageTemplate> All { get; } = [.. options.Value.Templates.Select(Read)];

    /// <summary>The template that tells an event, or null when none does.</summary>
    public MessageTemplate? For(string code) => All.FirstOrDefault(t => t.Events.Contains(code, StringComparer.Ordinal));

    /// <summary>The template of an id, or null when it is not configured any more.</summary>
    public MessageTemplate? Find(string id) => All.FirstOrDefault(t => t.Id == id);

    /// <summary>Until when a template is switched off; null when it is on.</summary>
    public DateTimeOffset? OffUntil(string id) => _off.TryGetValue(id, out var until) && until > time.GetUtcNow() ? until : null;

    /// <summary>True when WeChat says that one consent is one message; false when it says otherwise or was not asked yet.</summary>
    public bool IsOneTime(string id) => _known.GetValueOrDefault(id) is { Kind: WeChatTemplateKind.OneTime };

    /// <summary>The values that an enumeration allows, as far as they are known.</summary>
    public IReadOnlyList<string> ChoicesOf(string id, string key) => _known.GetValueOrDefault(id)?.Choices.GetValueOrDefault(key) ?? [];

    /// <summary>What a message says, with a value that its enumeration has not replaced by its first one: the values may have become known after it was queued.</summary>
    public IReadOnlyDictionary<string, string> Fit(QueuedMessage message) => message.Data.ToDictionary(
        d => d.Key,
        d => MessageField.Parse(d.Key) is { Kind: MessageFieldKind.Enum } && ChoicesOf(message.TemplateId, d.Key) is { Count: > 0 } choices && !choices.Contains(d.Value, StringComparer.Ordinal)
            ? choices[0]
            : d.Value,
        StringComparer.Ordinal);

    /// <summary>WeChat refused it for a reason that lies in the template or the account: it rests.</summary>
    /// <param name="id">Which; null for all.</param>
    public void SwitchOff(string? id)
    {
        foreach (var template in All.Where(t => id is null || t.Id == id))
        {
            _off[template.Id] = time.GetUtcNow() + Rest;
        }
    }

    /// <summary>Compares when it is time to.</summary>
    public async Task CompareIfDueAsync(CancellationToken cancellationToken)
    {
        if (All.Count == 0 || time.GetUtcNow() < _compareAt)
        {
            return;
        }

        var listed = await wechat.ListTemplatesAsync(cancellationToken);
        _compareAt = time.GetUtcNow() + (listed.Error is null ? Rest : Again);
        if (listed.Error is { } refusal)
        {
            NotCompared(log, refusal.Code);
            return;
        }

        foreach (var template in All)
        {
            Compare(template, listed.Value.Items.FirstOrDefault(t => t.Id == template.Id));
        }
    }

    /// <summary>A value was refused: the template may have been changed in the console.</summary>
    public void CompareSoon() => _compareAt = DateTimeOffset.MinValue;

    private void Compare(MessageTemplate template, WeChatTemplate? found)
    {
        if (found is null)
        {
            metrics.Alert("templateUnknown");
            SwitchedOff(log, template.Id, "it is not among the account's templates");
            _off[template.Id] = DateTimeOffset.MaxValue;
            return;
        }

        _known[template.Id] = found;
        var configured = template.Lines.Select(l => l.Field.Key).ToHashSet(StringComparer.Ordinal);
        if (configured.SetEquals(found.Keys))
        {
            _off.TryRemove(template.Id, out _);
            return;
        }

        metrics.Alert("templateDiffers");
        SwitchedOff(log, template.Id, $"its lines are {string.Join(", ", found.Keys)}, configured are {string.Join(", ", configured)}");
        _off[template.Id] = DateTimeOffset.MaxValue;
    }

    private static MessageTemplate Read(MessageTemplateOptions template) =>
        new(template.Id, [.. template.Events], template.Page, [.. template.Fields.Select(f => new MessageLine(MessageField.Parse(f.Key)!, f.Value))]);

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "Message template {TemplateId} is switched off, {Why}; see WeChat:Messages:Templates", EventName = OperatorAlert.Name)]
    private static partial void SwitchedOff(ILogger log, string templateId, string why);

    [LoggerMessage(LogLevel.Warning, "Message templates could not be compared with WeChat's ({Code}); it is tried again")]
    private static partial void NotCompared(ILogger log, string code);
}
