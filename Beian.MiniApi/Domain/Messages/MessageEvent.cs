using System.Collections.Frozen;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>Which of a user's choices covers a message.</summary>
public enum MessageChoice
{
    /// <summary>The filing moved on or came back.</summary>
    Progress = 1,

    /// <summary>A deadline comes near.</summary>
    Reminders = 2,
}

/// <summary>Something that may be told by a subscription message (订阅消息); the inbox tells all of it.</summary>
/// <param name="Code">The code of the inbox message, such as <c>notification.approve</c>.</param>
/// <param name="Choice">Which of the user's choices covers it.</param>
/// <param name="Hint">What to do now, in at most 20 characters: that much a line of a template holds.</param>
public sealed record MessageEvent(string Code, MessageChoice Choice, string Hint)
{
    /// <summary>Beginning of every code.</summary>
    public const string Prefix = "notification.";

    /// <summary>Every event, by code.</summary>
    public static readonly FrozenDictionary<string, MessageEvent> All = new MessageEvent[]
    {
        Progress(FilingAction.PassChecks, "已进入初审，请保持电话畅通"),
        Progress(FilingAction.FailChecks, "请查看提示，修改后重新提交"),
        Progress(FilingAction.RejectUnreachable, "电话未接通，请核对后重新提交"),
        Progress(FilingAction.Approve, "初审已通过，将提交管局"),
        Progress(FilingAction.RequestModification, "请按意见修改后重新提交"),
        Progress(FilingAction.Reject, "请查看原因，修改后重新提交"),
        Progress(FilingAction.SubmitToAuthority, "请在24小时内完成短信核验"),
        Progress(FilingAction.CompleteSms, "管局审核一般不超过20个工作日"),
        Progress(FilingAction.FailSms, "请核对手机号码后重新提交"),
        Progress(FilingAction.RecordAuthorityApproval, "备案号已生成，请在网站底部标明"),
        Progress(FilingAction.RecordAuthorityRejection, "请查看原因，修改后重新提交"),
        Progress(FilingAction.ExpireDraft, "草稿已失效，内容可复制再办理"),
        Progress(FilingAction.ReturnToDraft, "久未处理已转为草稿，请继续办理"),
        new(Prefix + "draftExpiring", MessageChoice.Reminders, "草稿即将失效，请尽快继续填写"),
        new(Prefix + "waitingForYou", MessageChoice.Reminders, "请按意见修改后重新提交"),
        new(Prefix + "smsWaiting", MessageChoice.Reminders, "短信核验即将到期，请尽快完成"),
        new(Prefix + "smsSecondText", MessageChoice.Reminders, "未收到短信的，会再自动发送一次"),
        new(Prefix + "policeFiling", MessageChoice.Reminders, "请在期限内办理公安联网备案"),
        new(Prefix + "resourceEnding", MessageChoice.Reminders, "请及时续费云资源，以免影响备案"),
        new(Prefix + "callAgain", MessageChoice.Reminders, "审核人员将再次致电，请留意"),
    }.ToFrozenDictionary(e => e.Code, StringComparer.Ordinal);

    /// <summary>The code of what a history entry tells.</summary>
    public static string CodeOf(HistoryEntry entry) =>
        Prefix + (entry.Action == FilingAction.Remind ? entry.Code!.Split('.')[0] : FilingTransitions.NameOf(entry.Action));

    private static MessageEvent Progress(FilingAction action, string hint) => new(Prefix + FilingTransitions.NameOf(action), MessageChoice.Progress, hint);
}
