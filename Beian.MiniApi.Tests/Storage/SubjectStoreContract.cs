using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What a store of filed subjects promises.</summary>
public abstract class SubjectStoreContract(IStores stores) : StoreContract(stores)
{
    private ISubjectStore Subjects => Stores.Subjects;

    [Fact]
    public async Task Save_ThenFindByEveryKey_GivesItBack()
    {
        var subject = ASubject(1, "a.cn", "b.cn");

        Assert.True(await Subjects.SaveAsync(subject, default));

        FiledSubject?[] found =
        [
            await Subjects.FindAsync("s1", "account1", default),
            await Subjects.FindByAccountAsync("account1", default),
            await Subjects.FindByNumberAsync(subject.Number, default),
            await Subjects.FindByKeyAsync("key1", default),
            await Subjects.FindByDomainAsync("a.cn", default),
            await Subjects.FindByDomainAsync("b.cn", default),
        ];
        Assert.All(found, f => Assert.Equal(Text(subject with { Revision = 1 }), Text(f!)));
        Assert.Null(await Subjects.FindAsync("s1", "account2", default));
        Assert.Null(await Subjects.FindByDomainAsync("c.cn", default));
    }

    [Fact]
    public async Task Save_OfAnOlderRevision_IsRefusedAndWritesNothing()
    {
        await Subjects.SaveAsync(ASubject(1, "a.cn"), default);
        var first = (await Subjects.FindByAccountAsync("account1", default))!;
        Assert.True(await Subjects.SaveAsync(first with { Subject = new Subject { Name = "甲" } }, default));

        Assert.False(await Subjects.SaveAsync(first with { Subject = new Subject { Name = "乙" }, Sites = [ASite("late.cn")] }, default));

        Assert.Equal("甲", (await Subjects.FindByAccountAsync("account1", default))!.Subject.Name);
        Assert.Null(await Subjects.FindByDomainAsync("late.cn", default));
    }

    [Theory]
    [InlineData("account")]
    [InlineData("number")]
    [InlineData("key")]
    [InlineData("domain")]
    public async Task Save_WhatBelongsToAnother_IsRefusedAndWritesNothing(string what)
    {
        await Subjects.SaveAsync(ASubject(1, "a.cn"), default);
        var other = ASubject(2, "b.cn", what == "domain" ? "a.cn" : "c.cn");
        other = what switch
        {
            "account" => other with { AccountId = "account1" },
            "number" => other with { Number = ASubject(1).Number },
            "key" => other with { SubjectKey = "key1" },
            _ => other,
        };

        Assert.False(await Subjects.SaveAsync(other, default));

        Assert.Null(await Subjects.FindAsync("s2", other.AccountId, default));
        Assert.Null(await Subjects.FindByDomainAsync("b.cn", default));
        Assert.Equal("s1", (await Subjects.FindByDomainAsync("a.cn", default))!.Id);
    }

    [Fact]
    public async Task Save_WithoutASite_FreesItsDomain()
    {
        await Subjects.SaveAsync(ASubject(1, "a.cn", "b.cn"), default);
        var known = (await Subjects.FindByAccountAsync("account1", default))!;

        Assert.True(await Subjects.SaveAsync(known with { Sites = [.. known.Sites.Take(1)] }, default));

        Assert.Null(await Subjects.FindByDomainAsync("b.cn", default));
        Assert.True(await Subjects.SaveAsync(ASubject(2, "b.cn"), default));
    }

    [Fact]
    public async Task Import_OneThatConflicts_NamesItAndWritesNone()
    {
        await Subjects.SaveAsync(ASubject(3, "a.cn"), default);

        var index = await Subjects.ImportAsync([ASubject(1, "x.cn"), ASubject(2, "a.cn")], Record("k"), default);

        Assert.Equal(1, index);
        Assert.Null(await Subjects.FindByAccountAsync("account1", default));
        Assert.Null(await KnownAsync("k"));
    }

    [Fact]
    public async Task Import_AllGood_WritesAllWithTheRecord()
    {
        Assert.Null(await Subjects.ImportAsync([ASubject(1, "x.cn"), ASubject(2, "y.cn")], Record("k"), default));

        Assert.NotNull(await Subjects.FindByAccountAsync("account1", default));
        Assert.NotNull(await Subjects.FindByAccountAsync("account2", default));
        Assert.NotNull(await KnownAsync("k"));
        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => Subjects.ImportAsync([ASubject(4, "z.cn")], Record("k"), default));
        Assert.Null(await Subjects.FindByAccountAsync("account4", default));
    }

    private static FiledSubject ASubject(int n, params string[] domains) => new()
    {
        Id = "s" + n,
        AccountId = "account" + n,
        Number = $"京ICP备202600000{n}号",
        SubjectKey = "key" + n,
        Identity = new Verification { SubjectNature = 4 },
        Subject = new Subject { Name = "示例" + n },
        Sites = [.. domains.Select(ASite)],
        Source = "import",
        FiledAt = StoredFilings.Noon,
    };

    private static FiledSite ASite(string domain) => new("京ICP备2026000001号-1", "示例", domain, null, ["203.0.113.9"], Person.Empty, null, StoredFilings.Noon, "accessed");

    private static string Text(FiledSubject subject) => JsonSerializer.Serialize(subject, StoredJson.Options);
}
