using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.Features.Authority;

/// <summary>What an import of results did.</summary>
/// <param name="Applied">Filings that moved on.</param>
/// <param name="Unchanged">Filings that were there already: the same file may be sent twice.</param>
/// <param name="Refused">Filings whose rows do not fit; the others went ahead.</param>
/// <param name="Items">One for each filing of the file, in its order.</param>
public sealed record ResultImportView(int Applied, int Unchanged, int Refused, IReadOnlyList<ResultImportItem> Items);

/// <param name="Line">Where the filing's rows begin.</param>
/// <param name="Outcome"><c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused, or null.</param>
public sealed record ResultImportItem(int Line, string FilingNumber, string Outcome, string? Code);

/// <summary>
/// Results in a batch. The rows of one filing belong together; every filing is decided on its own, and what went through stays when another row is
/// refused. Besides <c>approved</c> and <c>rejected</c>, the result may be <c>smsVerified</c> or <c>smsFailed</c>: for the principal of the named site's
/// domain, or for the subject's when no domain is named.
/// </summary>
internal static class ImportAuthorityResults
{
    private static readonly string[] Header = ["filingNumber", "result", "subjectNumber", "siteDomain", "siteNumber", "reason"];

    private sealed record Row(int Line, string FilingNumber, string Result, string? SubjectNumber, string? SiteDomain, string? SiteNumber, string? Reason);

    public static async Task<Answer> HandleAsync(
        HttpRequest request, CurrentUser user, IFilingStore filings, ISubjectStore subjects, FilingDesk desk, Outbox outbox, Idempotency idempotency, CancellationToken cancellationToken)
    {
        if (!(await ImportBody.ReadAsync(request, "text/csv", cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable.ToAnswer();
        }

        if (idempotency.Repeats(body.Digest) is { } first)
        {
            return first;
        }

        if (!(await RowsAsync(body, cancellationToken)).TryGet(out var rows, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var items = new List<ResultImportItem>();
        foreach (var group in rows.GroupBy(r => (r.FilingNumber, IsSms: r.Result.StartsWith("sms", StringComparison.Ordinal))))
        {
            items.Add(await ApplyAsync([.. group], user, filings, subjects, desk, outbox, cancellationToken));
        }

        return Answer.Ok(new ResultImportView(items.Count(i => i.Outcome == "applied"), items.Count(i => i.Outcome == "unchanged"), items.Count(i => i.Outcome == "refused"), items));
    }

    private static async Task<ResultImportItem> ApplyAsync(
        IReadOnlyList<Row> rows, CurrentUser user, IFilingStore filings, ISubjectStore subjects, FilingDesk desk, Outbox outbox, CancellationToken cancellationToken)
    {
        var head = rows[0];
        ResultImportItem Item(string outcome, string? code) => new(head.Line, head.FilingNumber, outcome, code);
        if (await filings.FindByNumberAsync(head.FilingNumber, cancellationToken) is not { } filing)
        {
            return Item("refused", "filing.notFound");
        }

        if (IsThere(filing, rows))
        {
            return Item("unchanged", null);
        }

        // The batch as a whole is what the Idempotency-Key stands for, so the single changes carry no record.
        var result = rows[0].Result is "approved" or "rejected" ? ResultOf(filing, rows) : null;
        var taken = result is null ? null : await TakenNumbers.FindAsync(filing.Id, result, filings, subjects, cancellationToken);
        var error = await desk.ChangeWithoutAnswerAsync(
            filing.Id, view => result is null ? DecideSms(view, rows, user.Actor) : RecordAuthorityResult.Apply(view, result, taken!, "import", user.Actor), cancellationToken);
        await outbox.DrainAsync(filing.Id, CancellationToken.None);
        return error is null ? Item("applied", null) : Item("refused", error.Errors.Count > 0 ? error.Errors[0].Code : error.Code);
    }

    private static bool IsThere(Filing filing, IReadOnlyList<Row> rows) => rows[0].Result switch
    {
        "approved" => filing.State == FilingState.Approved
            && rows.All(r => r.SiteNumber is null || filing.Snapshot.Sites.Any(s => s.Number == r.SiteNumber)),
        "rejected" => filing.State == FilingState.AuthorityRejected,
        "smsVerified" => filing.State is FilingState.AuthorityReview or FilingState.Approved or FilingState.AuthorityRejected,
        _ => filing.State == FilingState.SmsFailed,
    };

    private static Result<Filing> DecideSms(DeskView view, IReadOnlyList<Row> rows, Actor by)
    {
        var filing = view.Filing;
        foreach (var row in rows)
        {
            var role = row.SiteDomain is null ? SmsRole.SubjectPrincipal : SmsRole.SitePrincipal;
            SmsFailure? reason = row.Reason switch { "tooManyErrors" => SmsFailure.TooManyErrors, "timeout" => SmsFailure.Timeout, _ => null };
            var verified = row.Result == "smsVerified";
            var site = row.SiteDomain is null ? null : SiteOf(filing, row.SiteDomain)?.Id ?? row.SiteDomain;
            var step = RecordSmsResult.Apply(view with { Filing = filing }, role, site, verified, verified ? null : reason, "import", by);
            if (!step.TryGet(out var next, out var refusal))
            {
                return refusal;
            }

            // One mobile may have verified both principals: the rows that follow then say what is known already.
            filing = next;
            if (filing.State != FilingState.SmsVerification)
            {
                break;
            }
        }

        return filing;
    }

    private static AuthorityResultRequest ResultOf(Filing filing, IReadOnlyList<Row> rows) => new()
    {
        Result = rows[0].Result == "approved" ? AuthorityDecision.Approved : AuthorityDecision.Rejected,
        SubjectNumber = rows.Select(r => r.SubjectNumber).FirstOrDefault(n => n is not null),
        SiteNumbers =
        [
            .. rows.Where(r => r.SiteNumber is not null).Select(r => new SiteNumberRequest
            {
                SiteId = r.SiteDomain is null ? filing.Snapshot.Sites[0].Id : SiteOf(filing, r.SiteDomain)?.Id ?? r.SiteDomain,
                Number = r.SiteNumber!,
            }),
        ],
        Reason = rows.Select(r => r.Reason).FirstOrDefault(n => n is not null),
    };

    private static Site? SiteOf(Filing filing, string domain) =>
        filing.Snapshot.Sites.FirstOrDefault(s => string.Equals(s.Checks.Domain, domain, StringComparison.OrdinalIgnoreCase) || s.Checks.DisplayDomain == domain);

    private static async Task<Result<List<Row>>> RowsAsync(ImportBody body, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        var errors = new List<Finding>();
        var headed = false;
        try
        {
            using var text = new StringReader(body.Text);
            await foreach (var record in Csv.ReadAsync(text, cancellationToken))
            {
                if (!headed)
                {
                    if (!record.Fields.Select(f => f.Trim()).SequenceEqual(Header, StringComparer.Ordinal))
                    {
                        return ImportErrors.Rejected(1, [new Finding("/1", "import.badHeader") { Args = Texts.Args(("column", string.Join(',', Header))) }]);
                    }

                    headed = true;
                    continue;
                }

                Take(record, rows, errors);
            }
        }
        catch (CsvFormatException e)
        {
            return ImportErrors.NotCsv(e.Line);
        }

        if (rows.Count > ImportBody.MaxRows)
        {
            return ImportErrors.TooManyRows(ImportBody.MaxRows);
        }

        return errors.Count > 0 ? ImportErrors.Rejected(errors.Count, [.. errors.Take(ImportErrors.MaxNamed)]) : rows.Count == 0 ? ImportErrors.Empty() : rows;
    }

    private static void Take(CsvRecord record, List<Row> rows, List<Finding> errors)
    {
        string? Field(int i) => string.IsNullOrWhiteSpace(record.Fields[i]) ? null : record.Fields[i].Trim();
        if (record.Fields.Count != Header.Length)
        {
            errors.Add(new Finding($"/{record.Line}", "import.badColumnCount"));
        }
        else if (Field(0) is not { } number || !FilingNumber.IsValid(number))
        {
            errors.Add(new Finding($"/{record.Line}/filingNumber", "import.badFilingNumber"));
        }
        else if (Field(1) is not ("approved" or "rejected" or "smsVerified" or "smsFailed"))
        {
            errors.Add(new Finding($"/{record.Line}/result", "import.badResult"));
        }
        else
        {
            rows.Add(new Row(record.Line, number, Field(1)!, Field(2), Field(3), Field(4), Field(5)));
        }
    }
}
