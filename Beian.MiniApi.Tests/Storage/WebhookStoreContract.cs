using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of partners' addresses promises.</summary>
public abstract class WebhookStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly Uri Url = new("https://partner.example/hook?of=beian");

    private IWebhookStore Webhooks => Stores.Webhooks;

    [Fact]
    public async Task Find_Kept_IsAsItWasAdded()
    {
        await Webhooks.AddAsync(AWebhook("w"), [1], default);

        var target = (await Webhooks.FindAsync("w", default))!;
        Assert.Equal((Url, true), (target.Url, target.Active));
        Assert.Equal([1], Assert.Single(target.Secrets));
        Assert.Null(await Webhooks.FindAsync("v", default));
        var kept = (await Webhooks.GetAsync("w", default))!;
        Assert.Equal(AWebhook("w") with { Events = kept.Events }, kept);
        Assert.DoesNotContain("partner", kept.ToString() + target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListFor_AnEvent_IsThoseThatHearOfIt()
    {
        await Webhooks.AddAsync(AWebhook("all"), [1], default);
        await Webhooks.AddAsync(AWebhook("some") with { Events = ["approve", "reject"] }, [1], default);
        await Webhooks.AddAsync(AWebhook("other") with { AccountId = "b" }, [1], default);
        await Webhooks.AddAsync(AWebhook("own") with { AccountId = "a" }, [1], default);
        await Webhooks.AddAsync(AWebhook("off") with { Active = false }, [1], default);

        Assert.Equal(["all", "own", "some"], (await Webhooks.ListForAsync("a", "approve", default)).Select(w => w.Id).Order(StringComparer.Ordinal));
        Assert.Equal(["all", "own"], (await Webhooks.ListForAsync("a", "failSms", default)).Select(w => w.Id).Order(StringComparer.Ordinal));
        Assert.Equal(5, (await Webhooks.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Rotate_BothSecretsSign_UntilTheOldOneEnds()
    {
        await Webhooks.AddAsync(AWebhook("w"), [1], default);

        Assert.True(await Webhooks.RotateAsync("w", [2], DateTimeOffset.UtcNow.AddHours(1), default));
        Assert.Equal([[2], [1]], (await Webhooks.FindAsync("w", default))!.Secrets);
        Assert.NotNull((await Webhooks.GetAsync("w", default))!.OldSecretUntil);

        Assert.True(await Webhooks.RotateAsync("w", [3], DateTimeOffset.UtcNow.AddSeconds(-1), default));
        Assert.Equal([[3]], (await Webhooks.FindAsync("w", default))!.Secrets);
        Assert.Null((await Webhooks.GetAsync("w", default))!.OldSecretUntil);
        Assert.False(await Webhooks.RotateAsync("v", [3], DateTimeOffset.UtcNow, default));
    }

    [Fact]
    public async Task Change_KeepsTheSecret_AndRemoveForgetsAll()
    {
        await Webhooks.AddAsync(AWebhook("w"), [1], default);

        Assert.True(await Webhooks.ChangeAsync(AWebhook("w") with { Url = new Uri("https://other.example/"), Active = false, Events = ["reject"] }, default));

        var target = (await Webhooks.FindAsync("w", default))!;
        Assert.Equal(("other.example", false), (target.Url.Host, target.Active));
        Assert.Equal([[1]], target.Secrets);
        Assert.True(await Webhooks.RemoveAsync("w", default));
        Assert.False(await Webhooks.RemoveAsync("w", default));
        Assert.False(await Webhooks.ChangeAsync(AWebhook("w"), default));
        Assert.Null(await Webhooks.FindAsync("w", default));
    }

    private static Webhook AWebhook(string id) => new(id, Url, null, [], true, StoredFilings.Noon, null);
}
