using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>By whom a contact is used elsewhere.</summary>
public enum ContactUse
{
    /// <summary>By a principal of another subject, who is not known to be another person.</summary>
    AnotherSubject = 1,

    /// <summary>By a principal of another subject, who is another person.</summary>
    AnotherPerson = 2,
}

/// <summary>
/// Reads the contacts of what was handed in or filed; only saving a filing or a subject writes them. Contacts of the same subject or the same account
/// are never elsewhere: an account files one subject, whose certificate may be renewed.
/// </summary>
public interface IContactReader
{
    /// <summary>Those of the keys that another customer's subject uses, each with the heavier of its uses.</summary>
    /// <param name="keys">Contacts of the principals of one filing.</param>
    /// <param name="subjectKey">Keyed digest of the filing's subject.</param>
    /// <param name="accountId">The filing's account.</param>
    Task<IReadOnlyDictionary<ContactKey, ContactUse>> FindElsewhereAsync(
        IReadOnlyCollection<ContactKey> keys, string subjectKey, string accountId, CancellationToken cancellationToken);
}
