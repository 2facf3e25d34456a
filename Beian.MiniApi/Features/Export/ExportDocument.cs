using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Export;

/// <summary>Everything held about a user, and about the account as far as its users see it, as one JSON object of format 1.</summary>
internal sealed class ExportDocument(
    IAccountStore accounts, ISessionStore sessions, IConsentStore consents, IMessageRecords messages, INotificationStore notifications, IFilingStore filings,
    ISubjectStore subjects, IResourceStore resources, IAuthCodeStore codes, ExportedFilings exported, ExportedDeliveries sent, TextCatalogue texts, BlindIndex index, BusinessClock clock, TimeProvider time)
{
    /// <summary>Grows when a member changes its meaning or goes; new members do not count.</summary>
    public const int Format = 1;

    /// <summary>Rows of a page; of filings fewer, since each may be a hundred kilobytes.</summary>
    private const int PageRows = 100;

    private const int PageFilings = 5;

    public async Task WriteAsync(ExportStream stream, User user, string schema, bool english, CancellationToken cancellationToken)
    {
        stream.Begin();
        stream.Member("format", Format);
        stream.Member("about", schema);
        stream.Member("generatedAt", clock.GetUtcNow());
        await WriteUserAsync(stream, user, cancellationToken);
        if (await accounts.FindWithUsersAsync(user.AccountId, cancellationToken) is { } account)
        {
            stream.Member("account", new ExportedAccountView(account.Account.Id, account.Account.CreatedAt, account.Account.RealName, account.UserIds.Count));
            await WriteAccountAsync(stream, account.Account.Id, english, cancellationToken);
        }

        await stream.EndAsync(cancellationToken);
    }

    private async Task WriteUserAsync(ExportStream stream, User user, CancellationToken cancellationToken)
    {
        var openId = index.Of(BlindIndex.OpenId, user.OpenId);
        var now = time.GetUtcNow();
        stream.Member("user", new ExportedUserView(user.Id, user.Phone, user.CreatedAt, user.Notifications, user.Language, HasWeChatIdentity: true));
        await stream.ListAsync("sessions", ExportStream.Pages(k => sessions.ListAsync(user.Id, k, PageRows, now, cancellationToken), s => s.Id, PageRows), cancellationToken);
        await stream.ListAsync("consents", ExportStream.Pages(k => consents.ListAsync(user.Id, k, PageRows, cancellationToken), c => c.Id, PageRows), cancellationToken);
        await stream.ListAsync(
            "messagePermissions",
            ExportStream.Pages(k => messages.PermissionsAsync(openId, k, PageRows, cancellationToken), p => p.Source, PageRows)
                .Select(p => new ExportedPermissionView(p.TemplateId, p.GrantedAt, p.SpentAt)),
            cancellationToken);
        stream.Member("messageRefusals", await messages.RefusalsAsync(openId, cancellationToken));
        await stream.ListAsync(
            "messageDeliveries",
            ExportStream.Pages(k => messages.DeliveriesAsync(openId, k, PageRows, cancellationToken), d => d.Source, PageRows)
                .Select(d => new ExportedDeliveryView(d.TemplateId, d.MessageId, d.ErrorCode, d.ErrorStatus, d.At)),
            cancellationToken);
    }

    private async Task WriteAccountAsync(ExportStream stream, string accountId, bool english, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await stream.ListAsync(
            "inbox",
            ExportStream.Pages(k => notifications.ListAsync(accountId, k, PageRows, cancellationToken), n => n.Id, PageRows).Select(n => MessageOf(n, english)),
            cancellationToken);
        await stream.ListAsync(
            "filings", ExportStream.Pages(k => filings.ListAsync(accountId, k, PageFilings, cancellationToken), f => f.Id, PageFilings).Select(f => exported.Of(f, now)), cancellationToken);
        await stream.ListAsync(
            "deliveries",
            ExportStream.Pages(k => filings.ListAsync(accountId, k, PageFilings, cancellationToken), f => f.Id, PageFilings).SelectMany(f => sent.OfAsync(f, PageRows)),
            cancellationToken);
        stream.Member("subject", await subjects.FindByAccountAsync(accountId, cancellationToken) is { } subject ? exported.Of(subject) : null);
        await stream.ListAsync(
            "resources",
            ExportStream.Pages(k => resources.FindByOwnerAsync(accountId, k is null ? null : long.Parse(k, null), PageRows, cancellationToken), r => r.Sequence.ToString((IFormatProvider?)null), PageRows)
                .Select(r => r.Resource),
            cancellationToken);
        await stream.ListAsync(
            "authCodes",
            ExportStream.Pages(k => codes.FindByIssuerAsync(accountId, k, PageRows, cancellationToken), c => c.Id, PageRows)
                .Select(c => new ExportedAuthCodeView(c.Id, c.Last4, c.ResourceId, c.TargetAccountId, c.Note, c.CreatedAt)),
            cancellationToken);
    }

    private ExportedMessageView MessageOf(Notification n, bool english)
    {
        var text = texts.Find(n.Code, english, Texts.Args(("number", n.Number ?? string.Empty)));
        return new ExportedMessageView(n.Id, n.FilingId, n.Number, n.Code, text.Title, text.Detail, n.At, n.ReadAt);
    }
}
