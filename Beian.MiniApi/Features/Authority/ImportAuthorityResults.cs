using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.Features.Authority;

/// <summary>What an import of results did.</summary>
/// <param name="Applied">Filings that moved on.</param>
/// <param name="Unchanged">Filings that were there already, and rows that stand twice: the same file may be sent twice.</param>
/// <param name="Refused">Filings or rows that do not fit; the others went ahead.</param>
/// <param name="Items">One for each filing of the file and one for each row that is refused for itself, in the file's order.</param>
public sealed record ResultImportView(int Applied, int Unchanged, int Refused, IReadOnlyList<ResultImportItem> Items);

/// <param name="Line">Where the filing's rows begin, counted from 1 with the header.</param>
/// <param name="FilingNumber">As it stands in the file; empty where the row has none.</param>
/// <param name="Outcome"><c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Code">Why it was refused or passed over, or null.</param>
public sealed record ResultImportItem(int Line, string FilingNumber, string Outcome, string? Code)
{
    /// <summary>The same for people; null with the code.</summary>
    public string? Message { get; init; }

    /// <summary>All rows that belong to it.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];
}

/// <summary>
/// Results in a batch. The rows of one filing belong together; every filing is decided on its own, and what went through stays when another row is
/// refused. Besides <c>approved</c> and <c>rejected</c>, the result may be <c>smsVerified</c> or <c>smsFailed</c>: for the principal of the named site's
/// domain, or for the subject's when no domain is named.
/// </summary>
internal static class ImportAuthorityResults
{
    public static async Task<Answer> HandleAsync(
        HttpRequest request,
        CurrentUser user,
        IFilingStore filings,
        ISubjectStore subjects,
        FilingDesk desk,
        Outbox outbox,
        FilingViews views,
        Idempotency idempotency,
        CancellationToken cancellationToken)
    {
        if (!(await ImportBody.ReadAsync(request, "text/csv", cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable.ToAnswer();
        }

        if (idempotency.Repeats(body.Digest) is { } first)
        {
            return first;
        }

        return (await ApplyAsync(body.Text, user, filings, subjects, desk, outbox, views, cancellationToken)).TryGet(out var view, out var refusal)
            ? Answer.Ok(view)
            : refusal.ToAnswer();
    }

    /// <summary>Applies a result file that is text already: see <see cref="ImportText.Decode"/> for one that is bytes.</summary>
    /// <returns>What came of each row, or why the file as a whole cannot be read; then nothing was applied.</returns>
    public static async Task<Result<ResultImportView>> ApplyAsync(
        string text, CurrentUser user, IFilingStore filings, ISubjectStore subjects, FilingDesk desk, Outbox outbox, FilingViews views, CancellationToken cancellationToken)
    {
        if (!(await ResultRows.ReadAsync(text, cancellationToken)).TryGet(out var file, out var refusal))
        {
            return refusal;
        }

        ResultImportItem OneRow(RefusedRow row, string outcome) =>
            new(row.Line, row.FilingNumber, outcome, row.Code) { Lines = [row.Line], Message = views.Words(row.Code, Texts.NoArgs).Detail };
        List<ResultImportItem> items = [.. file.Bad.Select(b => OneRow(b, "refused")), .. file.Repeated.Select(b => OneRow(b, "unchanged"))];
        foreach (var ofOne in file.Good.GroupBy(r => r.FilingNumber, StringComparer.Ordinal))
        {
            var contradict = ResultRows.Contradict([.. ofOne]);
            foreach (var group in ofOne.GroupBy(r => r.IsSms).OrderByDescending(g => g.Key))
            {
                ResultRow[] rows = [.. group];
                var (outcome, error) = contradict
                    ? ("refused", new DomainError("import.contradicts", ErrorKind.Unprocessable))
                    : await ApplyAsync(rows, user, filings, subjects, desk, outbox, cancellationToken);
                items.Add(Item(rows, outcome, error, views));
            }
        }

        int Count(string outcome) => items.Count(i => i.Outcome == outcome);
        return new ResultImportView(Count("applied"), Count("unchanged"), Count("refused"), [.. items.OrderBy(i => i.Line)]);
    }

    private static ResultImportItem Item(ResultRow[] rows, string outcome, DomainError? error, FilingViews views)
    {
        var (code, args) = error is { Errors: [var finding, ..] } ? (finding.Code, finding.Args) : (error?.Code, error?.Args ?? Texts.NoArgs);
        return new ResultImportItem(rows[0].Line, rows[0].FilingNumber, outcome, code)
        {
            Lines = [.. rows.Select(r => r.Line)],
            Message = code is null ? null : views.Words(code, args).Detail,
        };
    }

    private static async Task<(string Outcome, DomainError? Error)> ApplyAsync(
        ResultRow[] rows, CurrentUser user, IFilingStore filings, ISubjectStore subjects, FilingDesk desk, Outbox outbox, CancellationToken cancellationToken)
    {
        var number = rows[0].FilingNumber;
        if (await filings.FindByNumberAsync(number, cancellationToken) is not { Snapshot.Rounds.Count: > 0 } filing)
        {
            return ("refused", FilingErrors.NotFound());
        }

        if (IsThere(filing, rows))
        {
            return ("unchanged", null);
        }

        // The batch as a whole is what the Idempotency-Key stands for, so the single changes carry no record.
        var result = rows[0].IsSms ? null : ResultOf(filing, rows);
        var taken = result is null ? null : await TakenNumbers.FindAsync(filing.Id, result, filings, subjects, cancellationToken);
        var error = await desk.ChangeWithoutAnswerAsync(
            filing.Id, view => result is null ? DecideSms(view, rows, user.Actor) : RecordAuthorityResult.Apply(view, result, taken!, "import", user.Actor), cancellationToken);
        await outbox.DrainAsync(filing.Id, CancellationToken.None);
        if (error is null)
        {
            return ("applied", null);
        }

        // The same file sent twice at once: the other one has done it.
        return await filings.FindByNumberAsync(number, cancellationToken) is { } now && IsThere(now, rows) ? ("unchanged", null) : ("refused", error);
    }

    private static bool IsThere(Filing filing, ResultRow[] rows) => (Array.Find(rows, r => r.Result == "smsFailed") ?? rows[0]).Result switch
    {
        "approved" => filing.State == FilingState.Approved
            && rows.All(r => (r.SiteNumber is null || filing.Snapshot.Sites.Any(s => s.Number == r.SiteNumber)) && (r.SubjectNumber is null || r.SubjectNumber == filing.Snapshot.SubjectNumber)),
        "rejected" => filing.State == FilingState.AuthorityRejected,
        "smsVerified" when filing.State == FilingState.SmsVerification => rows.All(r => r.Result == "smsVerified" && IsVerified(filing, r)),
        "smsVerified" => filing.State is FilingState.AuthorityReview or FilingState.Approved or FilingState.AuthorityRejected,
        _ => filing.State == FilingState.SmsFailed,
    };

    private static bool IsVerified(Filing filing, ResultRow row)
    {
        var named = Named(filing, row);
        return named.Length > 0 && Array.TrueForAll(named, t => t.VerifiedAt is not null);
    }

    private static SmsTarget[] Named(Filing filing, ResultRow row)
    {
        var site = row.SiteDomain is null ? null : SiteOf(filing, row.SiteDomain)?.Id;
        return [.. filing.Snapshot.SmsTargets.Where(t => row.SiteDomain is null ? t.SiteId is null : t.SiteId == site)];
    }

    /// <summary>One mobile has one result, also where it belongs to two principals or a site is written in two ways.</summary>
    private static bool Contradict(Filing filing, ResultRow[] rows) =>
        rows.SelectMany(r => Named(filing, r).Select(t => (t.Group, r.Result))).Distinct().GroupBy(said => said.Group).Any(g => g.Count() > 1);

    private static Result<Filing> DecideSms(DeskView view, ResultRow[] rows, Actor by)
    {
        var filing = view.Filing;
        if (Contradict(filing, rows))
        {
            return new DomainError("import.contradicts", ErrorKind.Unprocessable);
        }

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

    private static AuthorityResultRequest ResultOf(Filing filing, ResultRow[] rows) => new()
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
        Reason = rows.Select(r => r.Reason).OfType<string>().Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } reasons ? string.Join('；', reasons) : null,
    };

    private static Site? SiteOf(Filing filing, string domain) =>
        filing.Snapshot.Sites.FirstOrDefault(s => string.Equals(s.Checks.Domain, domain, StringComparison.OrdinalIgnoreCase) || s.Checks.DisplayDomain == domain);
}
