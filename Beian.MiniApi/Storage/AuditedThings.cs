namespace Beian.MiniApi.Storage;

/// <summary>What the audit trail tells of, by the name of the table a thing is kept in; engines without tables call their things the same.</summary>
internal static class AuditedThings
{
    private const string Program = "the program's own";
    private const string Derived = "written with the row it follows from, which is watched";
    private const string Counter = "counts for a limit, gone by itself";
    private const string Transport = "a message on its way; what it tells of is watched";

    /// <summary>Tables without entries, each with why. Everything else is watched, tables to come included.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unwatched = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_migrations"] = Program,
        ["settings"] = Program,
        ["store_probe"] = Program,
        ["data_keys"] = Program,
        ["resealings"] = Program,
        ["audit_entries"] = "the trail itself",
        ["audit_chain"] = "the trail itself",
        ["audit_checkpoints"] = "the trail itself",
        ["paper_work"] = "copies and scans still to be made of papers, which are watched with their filing",
        ["resumable_uploads"] = Transport,
        ["idempotency"] = "an answer that was given, for a day; the change it reports is watched",
        ["holds"] = Derived,
        ["resource_changes"] = Derived,
        ["filing_contacts"] = Derived,
        ["review_facts"] = Derived,
        ["subject_domains"] = Derived,
        ["refresh_tokens"] = Derived,
        ["former_members"] = Derived,
        ["erased_accounts"] = Derived,
        ["erased_files"] = Derived,
        ["staff_passwords"] = Derived,
        ["attempts"] = Counter,
        ["staff_attempts"] = Counter,
        ["provider_logins"] = "half a login; the session it leads to is watched",
        ["full_views"] = "the grant has an entry of its own, with its reason",
        ["notifications"] = Transport,
        ["wechat_messages"] = Transport,
        ["wechat_events"] = Transport,
        ["wechat_signatures"] = Transport,
        ["message_credits"] = Transport,
        ["message_refusals"] = Transport,
        ["message_deliveries"] = Transport,
        ["deliveries"] = Transport,
        ["media_verdicts"] = Transport,
    };

    /// <summary>What names the thing where it is not <c>id</c> or the first column of the key.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // The key is a name at the identity provider, which may be a mail address.
        ["staff_identities"] = "staff_id",

        // Engines that join the columns of a key name the thing by the first of them, as the others do.
        ["staff_recovery_codes"] = "staff_id",
        ["authorization_revocations"] = "openid_index",
        ["resources"] = "id",
    };
}
