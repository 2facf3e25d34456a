namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>The queue as conditions over the columns of <c>filings</c>, and the index that has a page of it in its order.</summary>
internal static class SqliteQueue
{
    /// <summary>As the partial indexes say it; SQLite uses them for queries with these very words.</summary>
    public const string Queued = "submitted = 1 AND state NOT IN ('draft', 'draftExpired')";

    private const string Nobody = "none";

    /// <summary>Conditions, each a constant, and the values of their parameters.</summary>
    public static (string Where, (string Name, object Value)[] Values) Narrow(QueueFilter filter)
    {
        var where = "WHERE " + Queued;
        var values = new List<(string, object)>();
        void And(string condition, string name, object? value)
        {
            if (value is not null)
            {
                where += " AND " + condition;
                values.Add((name, value));
            }
        }

        And("state = $state", "$state", filter.State);
        And("province = $province", "$province", filter.Province);
        And("kind = $kind", "$kind", filter.Kind);
        And("due_key < $now", "$now", filter.OverdueAt?.ToUnixTimeMilliseconds());
        And("number = $number", "$number", filter.Number);
        And("id = (SELECT filing_id FROM holds WHERE key = $hold)", "$hold", filter.Domain is null ? null : "domain:" + filter.Domain);
        if (filter.Assignee == Nobody)
        {
            where += " AND assignee IS NULL";
        }
        else
        {
            And("assignee = $assignee", "$assignee", filter.Assignee);
        }

        return (where, [.. values]);
    }

    /// <summary>
    /// Named, since SQLite knows nothing of how the values are spread and might sort instead. A reviewer has few filings, nobody has most of them: those that nobody
    /// has are looked for by place first.
    /// </summary>
    public static string IndexForDue(QueueFilter filter) => By(filter, (filter.State, filter.Province, filter.Assignee) switch
    {
        (not null, not null, null or Nobody) => "queue_state_province",
        (not null, _, not null) => "queue_state_assignee",
        (not null, _, null) => "queue_state",
        (null, not null, null or Nobody) => "queue_province",
        (null, _, not null) => "queue_assignee",
        _ => "queue_due",
    });

    /// <summary>The index that has the newest first.</summary>
    public static string IndexForNewest(QueueFilter filter) => By(filter, filter.State is null ? "sqlite_autoindex_filings_1" : "filings_state");

    /// <summary>A number or a domain is of one filing, which has indexes of its own.</summary>
    private static string By(QueueFilter filter, string index) => filter.Number is null && filter.Domain is null ? $"INDEXED BY {index} " : string.Empty;
}
