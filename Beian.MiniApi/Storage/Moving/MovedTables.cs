namespace Beian.MiniApi.Storage.Moving;

/// <summary>
/// Every table that moves. Whoever adds a table or a column to the schema adds it here; a test walks the schema and asks. Sealed values move as they are: the data keys move with them, still wrapped.
/// </summary>
internal static class MovedTables
{
    /// <summary>Tables that say something of their engine alone.</summary>
    public static readonly IReadOnlyList<string> Staying = ["schema_migrations", "store_probe"];

    private static readonly MovedTable Holds = new("holds", "key", "key filing_id account_id used");

    private static readonly MovedTable Contacts = new("filing_contacts", string.Empty, "owner_kind owner_id account_id subject_key kind digest person");

    private static readonly MovedTable Domains = new("subject_domains", "domain", "domain subject_id");

    private static readonly MovedTable Tokens = new("refresh_tokens", "hash", "hash session_id used_at");

    private static readonly MovedTable Passwords = new("staff_passwords", "id", "id staff_id password_hash");

    private static readonly MovedTable Attempts = new("attempts", string.Empty, "key at");

    /// <summary>Every table of the schema that moves.</summary>
    public static IEnumerable<MovedTable> Tables => All.Where(t => !t.IsGroup).Concat(All.SelectMany(t => t.Parts).Select(p => p.Table)).DistinctBy(t => t.Name);

    /// <summary>In the order in which they move. The keys first: without them nothing that follows can be opened.</summary>
    public static readonly IReadOnlyList<MovedTable> All =
    [
        new("data_keys", "id", "id wrapped created_at seals"),
        new("resealings", "data_key", "data_key asked_at ended_at resealed unreadable"),
        new("settings", "name", "name value"),
        new("accounts", "id", "id payload"),
        new("users", "id", "id account_id openid_index session_key payload"),
        new("erased_accounts", "account_id", "account_id erased_at kept_until"),
        new("former_members", "user_id account_id", "user_id account_id"),
        new("erased_files", "kind name", "kind name"),
        new("account_links", "hash", "hash account_id expires_at"),
        new("sessions", "id", "id owner_id role started_at lifetime expires_at ended device last_used_at") { Parts = [new(Tokens, "session_id")] },
        new("staff", "id", "id user_name role active password_hash configured_hash password_set_at last_login_at display_name") { Parts = [new(Passwords, "staff_id")] },
        new("staff_attempts", "key", "key failures locked forget_at"),
        new("staff_second_factors", "staff_id", "staff_id secret confirmed_at last_step"),
        new("staff_recovery_codes", "staff_id digest", "staff_id digest used_at"),
        new("staff_identities", "issuer subject", "issuer subject staff_id"),
        new("provider_logins", "digest", "digest payload expires_at"),
        new("attempts", "key", "key") { IsGroup = true, Parts = [new(Attempts, "key")] },
        new("resources", "sequence", "sequence id account_id payload") { IsNumbered = true },
        new("resource_changes", "sequence", "sequence resource_id") { IsNumbered = true },
        new("auth_codes", "id", "id code_hash issuer_id resource_id number payload target_id"),
        new("subjects", "id", "id account_id number subject_key revision payload")
        {
            Parts = [new(Domains, "subject_id"), new(Contacts, "owner_id") { Only = ("owner_kind", "subject") }],
        },
        new("filings", "id", "id account_id number state province assignee revision created_at state_since due_at timer_at outbox payload submitted face_open picture_at kind has_facts")
        {
            Parts = [new(Holds, "filing_id"), new(Contacts, "owner_id") { Only = ("owner_kind", "filing") }],
        },
        new("review_facts", "filing_id seq", "filing_id seq at action from_state to_state since_ms province reviewer reasons"),
        new("review_reasons", "id", "id field reason suggestion hidden changed_by changed_at"),
        new("paper_work", "material_id", "material_id filing_id attempts due_at"),
        new("resumable_uploads", "id", "id owner length metadata expires_at"),
        new("full_views", "filing_id staff_id", "filing_id staff_id granted_at ends_at reason"),
        new("letter_links", "hash", "hash filing_id account_id kind site_id expires_at"),
        new("face_handovers", "id", "id code_hash filing_id site_id person_key expires_at redeemed_by"),
        new("consents", "id", "id user_id text_id version action source filing_id at"),
        new("notifications", "id", "id account_id read_at payload"),
        new(
            "wechat_messages",
            "id",
            "id notification_id user_id account_id openid_index template_id event body state reason attempts is_repeat credit queued_at due_at expires_at begun_at ended_at report") { IsNumbered = true },
        new("message_credits", "source", "source openid_index template_id granted_at spent_at"),
        new("message_refusals", "openid_index template_id", "openid_index template_id refused_at"),
        new("message_deliveries", "source", "source openid_index template_id message_id error_code error_status at"),
        new("wechat_events", "id", "id key name body due_at attempts done_at expires_at") { IsNumbered = true },
        new("wechat_signatures", "signature", "signature body expires_at"),
        new("media_verdicts", "trace_id", "trace_id error_code suggestion label at"),
        new("authorization_revocations", "openid_index at info", "openid_index at info"),
        new(
            "deliveries",
            "id",
            "id key channel target lane stream seq account_id filing_id event body quiet state reason receipt attempts doubts queued_at due_at expires_at lease leased_until ended_at") { IsNumbered = true },
        new("webhooks", "id", "id account_id url secret old_secret old_secret_until events active created_at"),
        new("idempotency", "key", "key request_hash answer expires_at owner_id"),
        new("audit_checkpoints", "seq", "seq instance at mac signature"),
        new("audit_entries", "seq", "seq at actor role act kind thing route owner reason source before after mac"),
        new("audit_chain", "id", "id instance seq at mac signature"),
    ];

    /// <summary>The last number given in each table that numbers its rows, as rows of a table.</summary>
    public static readonly MovedTable Numbers = new("numbers", "name", "name seq");
}
