using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Authority;

/// <summary>A row of a result file, as it stands there.</summary>
internal sealed record ResultRow(int Line, string FilingNumber, string Result, string? SubjectNumber, string? SiteDomain, string? SiteNumber, string? Reason)
{
    /// <summary>True for the SMS verification, false for the authority's decision.</summary>
    public bool IsSms => Result.StartsWith("sms", StringComparison.Ordinal);
}

/// <summary>A row that cannot be used, and why.</summary>
internal sealed record RefusedRow(int Line, string FilingNumber, string Code);

/// <summary>Reads a result file. What is wrong with one row refuses that row; only a file whose rows cannot be told apart is refused as a whole.</summary>
internal sealed class ResultRows
{
    private static readonly string[] Header = ["filingNumber", "result", "subjectNumber", "siteDomain", "siteNumber", "reason"];

    private readonly HashSet<ResultRow> _seen = [];

    /// <summary>Usable rows, in the file's order.</summary>
    public List<ResultRow> Good { get; } = [];

    /// <summary>Rows that are refused for themselves.</summary>
    public List<RefusedRow> Bad { get; } = [];

    /// <summary>Rows that say the same as an earlier one.</summary>
    public List<RefusedRow> Repeated { get; } = [];

    public static async Task<Result<ResultRows>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var rows = new ResultRows();
        var count = -1;
        try
        {
            using var text = new StringReader(file);
            await foreach (var record in Csv.ReadAsync(text, cancellationToken))
            {
                if (++count > 0)
                {
                    rows.Take(record);
                }
                else if (!record.Fields.Select(f => f.Trim()).SequenceEqual(Header, StringComparer.Ordinal))
                {
                    return ImportErrors.Rejected(1, [new Finding("/1", "import.badHeader") { Args = Texts.Args(("column", string.Join(',', Header))) }]);
                }

                if (count > ImportBody.MaxRows)
                {
                    return ImportErrors.TooManyRows(ImportBody.MaxRows);
                }
            }
        }
        catch (CsvFormatException e)
        {
            return ImportErrors.NotCsv(e.Line);
        }

        return count > 0 ? rows : ImportErrors.Empty();
    }

    /// <summary>
    /// Rows of one filing that cannot all be true: approved and rejected, decided although the SMS step failed, two results of one principal, two numbers of
    /// one site or subject.
    /// </summary>
    public static bool Contradict(IReadOnlyCollection<ResultRow> ofOneFiling)
    {
        bool Says(string result) => ofOneFiling.Any(r => r.Result == result);
        bool Several(IEnumerable<ResultRow> rows, Func<ResultRow, string?> value) => rows.Select(value).OfType<string>().Distinct(StringComparer.Ordinal).Skip(1).Any();

        var approved = ofOneFiling.Where(r => r.Result == "approved").ToArray();
        return (Says("approved") && Says("rejected"))
            || (Says("smsFailed") && (Says("approved") || Says("rejected")))
            || ofOneFiling.Where(r => r.IsSms).GroupBy(r => r.SiteDomain, StringComparer.OrdinalIgnoreCase).Any(g => Several(g, r => r.Result))
            || Several(approved, r => r.SubjectNumber)
            || approved.GroupBy(r => r.SiteDomain, StringComparer.OrdinalIgnoreCase).Any(g => Several(g, r => r.SiteNumber));
    }

    private void Take(CsvRecord record)
    {
        string? Field(int i) => i >= record.Fields.Count || string.IsNullOrWhiteSpace(record.Fields[i]) ? null : record.Fields[i].Trim();
        if (Wrong(record, Field(0), Field(1)) is { } code)
        {
            Bad.Add(new RefusedRow(record.Line, Field(0) ?? string.Empty, code));
            return;
        }

        var row = new ResultRow(record.Line, Field(0)!, Field(1)!, Field(2), Field(3), Field(4), Field(5));
        if (_seen.Add(row with { Line = 0 }))
        {
            Good.Add(row);
        }
        else
        {
            Repeated.Add(new RefusedRow(row.Line, row.FilingNumber, "import.duplicate"));
        }
    }

    private static string? Wrong(CsvRecord record, string? number, string? result)
    {
        if (record.Fields.Count != Header.Length)
        {
            return "import.badColumnCount";
        }

        if (number is null || !FilingNumber.IsValid(number))
        {
            return "import.badFilingNumber";
        }

        return result is "approved" or "rejected" or "smsVerified" or "smsFailed" ? null : "import.badResult";
    }
}
