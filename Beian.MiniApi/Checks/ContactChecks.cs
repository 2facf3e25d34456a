using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Whether a principal's mobile, address or number is used by another customer's subject. What is found is a fact about somebody else: it is told so
/// many times a day, without saying where. What the filing was told already about the same value is told again for nothing.
/// </summary>
public sealed class ContactChecks(ReferenceBook book, IRuleSource rules, IContactReader contacts, BlindIndex blind, InUseAnswers inUse, BusinessClock clock)
{
    /// <summary>The contacts that a filing brings with it when it is handed in.</summary>
    public IReadOnlyList<ContactKey> Of(Filing filing) => [.. filing.Principals().SelectMany(p => KeysOf(p.Person)).Distinct()];

    /// <summary>The contacts of a filed subject.</summary>
    public IReadOnlyList<ContactKey> Of(FiledSubject subject) =>
        [.. subject.Sites.Select(s => s.Principal).Prepend(subject.Subject.Principal).Distinct().SelectMany(KeysOf).Distinct()];

    /// <summary>What is found elsewhere of the filing's contacts; nothing when nothing is.</summary>
    /// <param name="filing">Whose contacts.</param>
    /// <param name="subjectKey">Digest of its subject.</param>
    public async Task<ContactOutcome> CheckAsync(Filing filing, string subjectKey, CancellationToken cancellationToken)
    {
        var asked = filing.Principals().SelectMany(p => Asked(p.At, p.Person)).ToArray();
        var used = await contacts.FindElsewhereAsync([.. asked.Select(a => a.Key)], subjectKey, filing.Snapshot.AccountId, cancellationToken);
        var province = filing.Snapshot.Verification.Region?.Province;
        var policy = ContactPolicy.For(book, rules.Current.For(province, ChinaTime.DateOf(clock.GetUtcNow())), province, filing.IsIndividual == true);
        var told = new Dictionary<ContactKey, CheckResult>();
        var results = new List<CheckResult>();
        foreach (var (field, key) in asked.Where(a => used.ContainsKey(a.Key)))
        {
            if (!told.TryGetValue(key, out var answer))
            {
                answer = told[key] = await TellAsync(filing, field, Judge(key, used[key], policy), cancellationToken);
            }

            results.Add(answer with { Field = field });
        }

        return new ContactOutcome(filing.Version, results);
    }

    private async Task<CheckResult> TellAsync(Filing filing, string field, CheckResult found, CancellationToken cancellationToken) =>
        filing.Snapshot.ContactResults.Any(r => r.Field == field && r.Code == found.Code)
            ? found
            : await inUse.TellAsync(filing.Snapshot.AccountId, found, cancellationToken);

    private CheckResult Judge(ContactKey key, ContactUse use, ContactPolicy policy)
    {
        var another = use == ContactUse.AnotherPerson;
        var onePhone = book.RefOf("phone-rules", "onePhoneOneSubject");
        var (code, blocks, rule) = key.Kind switch
        {
            ContactKinds.Phone when another => ("person.mobile.usedElsewhere", policy.PhoneOfAnother, onePhone),
            ContactKinds.Phone => ("person.mobile.usedElsewhere", policy.PhoneAcrossSubjects is not null, policy.PhoneAcrossSubjects?.Ref ?? onePhone),
            ContactKinds.Email => ("person.email.usedElsewhere", another && policy.EmailOfAnother, book.RefOf("phone-rules", "onePersonOnePhone")),
            _ => ("person.certificateNumber.usedElsewhere", policy.NumberAcrossSubjects is not null, policy.NumberAcrossSubjects?.Ref),
        };
        var now = clock.GetUtcNow();
        var found = blocks ? CheckResult.Failed(CheckNames.ContactReuse, code, null, now) : CheckResult.Warned(CheckNames.ContactReuse, code, null, now);
        return found with { Rule = rule };
    }

    /// <summary>The contacts that must be the person's own, with their fields. A mobile of the wrong form is the form's business.</summary>
    private IEnumerable<(string Field, ContactKey Key)> Asked(string at, Person person)
    {
        var who = NumberOf(person);
        if (person.Mobile is { } mobile && PhoneNumbers.IsMobile(PhoneNumbers.NormaliseMobile(mobile)))
        {
            yield return (at + "/mobile", Phone(mobile, who));
        }

        if (!string.IsNullOrWhiteSpace(person.Email))
        {
            yield return (at + "/email", Email(person.Email, who));
        }

        if (who is not null)
        {
            yield return (at + "/certificateNumber", new ContactKey(ContactKinds.PersonNumber, who, who));
        }
    }

    private IEnumerable<ContactKey> KeysOf(Person person)
    {
        var who = NumberOf(person);
        foreach (var phone in new[] { person.Mobile, person.Phone2, person.EmergencyPhone })
        {
            if (!string.IsNullOrWhiteSpace(phone))
            {
                yield return Phone(phone, who);
            }
        }

        if (!string.IsNullOrWhiteSpace(person.Email))
        {
            yield return Email(person.Email, who);
        }

        if (who is not null)
        {
            yield return new ContactKey(ContactKinds.PersonNumber, who, who);
        }
    }

    private string? NumberOf(Person person) =>
        string.IsNullOrWhiteSpace(person.CertificateNumber) ? null : blind.Of(ContactKinds.PersonNumber, CertificateNumbers.Normalise(person.CertificateNumber));

    private ContactKey Phone(string typed, string? who) => new(ContactKinds.Phone, blind.Of(ContactKinds.Phone, PhoneNumbers.NormaliseMobile(typed)), who);

    private ContactKey Email(string typed, string? who) => new(ContactKinds.Email, blind.Of(ContactKinds.Email, PhoneNumbers.NormaliseEmail(typed)), who);
}
