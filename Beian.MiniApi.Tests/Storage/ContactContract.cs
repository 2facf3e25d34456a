using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the stores promise about contacts: written with the filing or subject, gone with it, and never one's own elsewhere.</summary>
public abstract class ContactContract(IStores stores) : StoreContract(stores)
{
    private static readonly ContactKey Phone = new(ContactKinds.Phone, "d1", "p1");
    private static readonly ContactKey Mail = new(ContactKinds.Email, "d2", "p1");

    [Fact]
    public async Task Find_OfAnotherSubject_SaysWhetherItIsAnotherPerson()
    {
        await AddedAsync(Verified(1).With(Phone, Mail, new ContactKey(ContactKinds.Phone, "d3", null)));
        ContactKey[] asked =
        [
            Phone, Phone with { Person = "p2" }, Phone with { Person = null },
            new(ContactKinds.Phone, "d3", "p2"), Phone with { Kind = ContactKinds.Email }, new(ContactKinds.Phone, "d9", "p1"), Mail, Mail,
        ];

        var found = await Stores.Contacts.FindElsewhereAsync(asked, "another", "b", default);

        Assert.Equal(
            [
                (Phone, ContactUse.AnotherSubject), (Phone with { Person = "p2" }, ContactUse.AnotherPerson), (Phone with { Person = null }, ContactUse.AnotherSubject),
                (new ContactKey(ContactKinds.Phone, "d3", "p2"), ContactUse.AnotherSubject), (Mail, ContactUse.AnotherSubject),
            ],
            asked.Distinct().Where(found.ContainsKey).Select(k => (k, found[k])));
    }

    [Fact]
    public async Task Find_UsedByTheSamePersonAndByAnother_GivesTheHeavier()
    {
        await AddedAsync(Verified(1).With(Phone));
        await AddedAsync(Verified(2).With(Phone with { Person = "p2" }));
        await AddedAsync(Verified(3).With(Phone with { Person = null }));

        Assert.Equal(ContactUse.AnotherPerson, Assert.Single(await FindAsync(Phone)).Value);
    }

    [Fact]
    public async Task Find_OfTheSameSubjectOrAccount_IsNotElsewhere()
    {
        await AddedAsync(Verified(1).With(Phone));

        Assert.Empty(await Stores.Contacts.FindElsewhereAsync([Phone], "key-of-a1", "b", default));
        Assert.Empty(await Stores.Contacts.FindElsewhereAsync([Phone], "renewed", "a1", default));
        Assert.Empty(await Stores.Contacts.FindElsewhereAsync([], "another", "b", default));
        Assert.NotEmpty(await FindAsync(Phone));
    }

    [Fact]
    public async Task Draft_HasNoContacts_AndWithdrawalOrAbandonmentFreesThem()
    {
        var withdrawn = await AddedAsync(Verified(1).With(Phone));
        var abandoned = await AddedAsync(Verified(2).With(Mail).SentBack());
        Assert.Equal(2, (await FindAsync(Phone, Mail)).Count);

        await ReplacedAsync(withdrawn.Withdrawn());
        await ReplacedAsync(abandoned.Abandoned());

        Assert.Empty(await FindAsync(Phone, Mail));
    }

    [Fact]
    public async Task Replace_WithOtherContacts_SwapsThem_AndApprovalKeepsThem()
    {
        var filing = await AddedAsync(Verified(1).With(Phone));

        var again = await ReplacedAsync((await ReplacedAsync(filing.Withdrawn())).With(Mail));
        await ReplacedAsync(again.Approved());

        Assert.Equal([Mail], (await FindAsync(Phone, Mail)).Keys);
    }

    [Fact]
    public async Task Replace_ThatIsNotSaved_LeavesTheContacts()
    {
        var filing = await AddedAsync(Verified(1).With(Phone));
        await ReplacedAsync(filing.ClaimedBy("reviewer-1"));

        Assert.Equal(SaveOutcome.Changed, await Stores.Filings.ReplaceAsync(filing.Withdrawn().With(Mail), null, default));
        var unsaved = await Stores.Filings.AddAsync(StoredFilings.Draft(2, "a2").Verified("site1.cn", "slot:r:2").With(Mail), null, default);

        Assert.Equal("domain:site1.cn", unsaved.TakenHold);
        Assert.Equal([Phone], (await FindAsync(Phone, Mail)).Keys);
    }

    [Fact]
    public async Task Import_OfASubject_KeepsItsContactsUntilTheNext()
    {
        await Stores.Subjects.ImportAsync([Subject(1, Phone), Subject(2, Phone with { Person = "p2" })], null, default);
        Assert.Equal(ContactUse.AnotherPerson, Assert.Single(await FindAsync(Phone)).Value);
        var known = (await Stores.Subjects.FindByAccountAsync("a2", default))!;

        await Stores.Subjects.ImportAsync([known with { Contacts = [Mail] }], null, default);
        var refused = await Stores.Subjects.ImportAsync([known with { Contacts = [] }], null, default);

        Assert.Equal(0, refused);
        Assert.Equal(ContactUse.AnotherSubject, (await FindAsync(Phone))[Phone]);
        Assert.Single(await FindAsync(Mail));
    }

    private static Filing Verified(int n) => StoredFilings.Draft(n, "a" + n).Verified($"site{n}.cn", "slot:r:" + n);

    private static FiledSubject Subject(int n, params ContactKey[] contacts) => new()
    {
        Id = "s" + n,
        AccountId = "a" + n,
        Number = $"京ICP备202600000{n}号",
        SubjectKey = "key" + n,
        Identity = new Verification { SubjectNature = 4 },
        Subject = new Subject { Name = "示例" + n },
        Contacts = contacts,
        Source = "import",
        FiledAt = StoredFilings.Noon,
    };

    private Task<IReadOnlyDictionary<ContactKey, ContactUse>> FindAsync(params ContactKey[] keys) => Stores.Contacts.FindElsewhereAsync(keys, "another", "b", default);

    private async Task<Filing> AddedAsync(Filing filing) => (await Stores.Filings.AddAsync(filing, null, default)).Saved ?? throw new InvalidOperationException("Not added.");

    private async Task<Filing> ReplacedAsync(Filing filing) => (await Stores.Filings.ReplaceAsync(filing, null, default)).Saved ?? throw new InvalidOperationException("Not replaced.");
}
