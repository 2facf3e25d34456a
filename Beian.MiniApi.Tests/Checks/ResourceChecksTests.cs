using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Checks;

public sealed class ResourceChecksTests : IClassFixture<RunningApp>
{
    private readonly TestApp _app;
    private readonly ResourceChecks _checks;

    public ResourceChecksTests(RunningApp running) => (_app, _checks) = (running.App, running.App.Get<ResourceChecks>());

    [Fact]
    public async Task Judge_OwnResource_OffersItsFreeSlotsWithTheFilingsOwnFirst()
    {
        await SaveAsync(AResource.Server("own-1"));
        await HoldAsync("slot:own-1:1", "other");
        await HoldAsync("slot:own-1:3", "mine");

        var verdict = await _checks.JudgeAsync(Own("own-1"), "owner", "mine", AResource.Noon, default);

        Assert.Null(verdict.Refusal);
        Assert.Equal(["slot:own-1:3", "slot:own-1:2", "slot:own-1:4", "slot:own-1:5"], verdict.HoldKeys);
        Assert.Equal(["203.0.113.7"], verdict.PublicIps);
    }

    [Fact]
    public async Task Judge_LastSlotHeldByAnotherFiling_IsFull()
    {
        await SaveAsync(AResource.Server("own-2") with { SlotsUsedElsewhere = 4 });
        await HoldAsync("slot:own-2:1", "other");

        Assert.Equal("resource.quotaFull", await RefusalAsync(Own("own-2"), "owner", "mine"));
        Assert.Null(await RefusalAsync(Own("own-2"), "owner", "other"));
    }

    [Fact]
    public async Task Judge_ForeignOrMissingResource_IsNotFound()
    {
        await SaveAsync(AResource.Server("own-3"));

        Assert.Equal("resource.notFound", await RefusalAsync(Own("own-3"), "somebody-else", null));
        Assert.Equal("resource.notFound", await RefusalAsync(Own("never-was"), "owner", null));
        Assert.Equal("resource.choiceIncomplete", await RefusalAsync(new ResourceChoice { Kind = "resource" }, "owner", null));
    }

    [Fact]
    public async Task Judge_NotEligible_NamesEveryReason()
    {
        await SaveAsync(AResource.Server("own-4") with { Mainland = false, PublicIps = [] });

        var verdict = await _checks.JudgeAsync(Own("own-4"), "owner", null, AResource.Noon, default);

        Assert.Equal("resource.notMainland", verdict.Refusal!.Code);
        Assert.Equal(["resource.notMainland", "resource.noPublicIp"], verdict.Refusal.Errors.Select(e => e.Code));
    }

    [Fact]
    public async Task Judge_CodeHeldByTheSameFiling_IsFreeForIt()
    {
        var (choice, code) = await CodeAsync("code-1", "issuer-1", "target-1");
        await HoldAsync(code.HoldKey, "mine");

        var verdict = await _checks.JudgeAsync(choice, "target-1", "mine", AResource.Noon, default);

        Assert.Equal((code.Id, "code-1"), (verdict.CodeId, verdict.ResourceId));
        Assert.Equal([code.HoldKey], verdict.HoldKeys);
        Assert.Equal("authCode.inUse", await RefusalAsync(choice, "target-1", "other"));
        Assert.Null((await _checks.JudgeHeldAsync(code.Id, "code-1", "target-1", "mine", AResource.Noon, default)).Refusal);
        Assert.Equal("authCode.inUse", (await _checks.JudgeHeldAsync(code.Id, "code-1", "target-1", "other", AResource.Noon, default)).Refusal!.Code);
    }

    [Fact]
    public async Task Judge_IssuerLostItsRealName_RefusesItsCodes()
    {
        var (choice, _) = await CodeAsync("code-2", "issuer-2", "target-2");
        Assert.Null(await RefusalAsync(choice, "target-2", null));

        await FeedAsync("issuer-2", RealName.None);

        Assert.Equal("authCode.issuerNotOrganisation", await RefusalAsync(choice, "target-2", null));
    }

    [Fact]
    public async Task Judge_UnknownAndForeignCodes_AreOneRefusalAndOneCount()
    {
        var (foreign, _) = await CodeAsync("code-3", "issuer-3", "target-3");
        var unknown = foreign with { AuthCode = "AAAA-AAAA-AAAA-AAAA-AAAA" };

        var answers = new List<string?>();
        foreach (var choice in new[] { foreign, unknown, foreign, unknown, foreign, unknown })
        {
            answers.Add(await RefusalAsync(choice, "guesser", null));
        }

        Assert.Equal([.. Enumerable.Repeat("authCode.invalid", 5), "rate.codeAttempts"], answers);
        Assert.Null(await RefusalAsync(foreign, "target-3", null));
    }

    private static ResourceChoice Own(string id) => new() { Kind = ResourceChoice.ResourceKind, ResourceId = id };

    private async Task<string?> RefusalAsync(ResourceChoice choice, string accountId, string? filingId) =>
        (await _checks.JudgeAsync(choice, accountId, filingId, AResource.Noon, default)).Refusal?.Code;

    private async Task<(ResourceChoice Choice, AuthCode Code)> CodeAsync(string resourceId, string issuer, string target)
    {
        await SaveAsync(AResource.Server(resourceId, issuer));
        await FeedAsync(issuer, RealName.Verified(RealNameKind.Organisation, "示例科技有限公司", null, null, AResource.Noon).Value);
        var vault = _app.Get<AuthCodeVault>();
        var code = vault.Make(issuer, target, resourceId, null, AResource.Noon);
        await _app.Get<IAuthCodeStore>().AddAsync([code], AResource.Types.Find("cvm")!, null, default);
        return (new ResourceChoice { Kind = ResourceChoice.AuthCodeKind, AuthCode = vault.Open(code) }, code);
    }

    private Task SaveAsync(CloudResource resource) => _app.Get<IResourceStore>().SaveAsync([resource], null, default);

    private async Task FeedAsync(string accountId, RealName realName)
    {
        var account = Account.Create(accountId, AResource.Noon).Value;
        await _app.Get<IAccountStore>().FeedAsync(new AccountFeed(account, realName, null, () => account), default);
    }

    private Task<int> HoldAsync(string key, string filingId) => _app.Get<SqliteDatabase>().WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, $filing, 'x', 0);";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$filing", filingId);
            return command.ExecuteNonQuery();
        },
        default);
}
