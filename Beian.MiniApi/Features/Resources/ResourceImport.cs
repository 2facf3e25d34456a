using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Resources;

/// <summary>One row of an import with the line it stands on, or why the line cannot be read.</summary>
internal sealed record ImportRow(int Line, ResourceFacts? Facts, IReadOnlyList<Finding> Errors);

/// <summary>Reads the two formats of the inventory feed into the same rows.</summary>
internal static class ResourceImport
{
    private static readonly Dictionary<string, Func<ResourceFacts, string, ResourceFacts?>> Columns = new(StringComparer.Ordinal)
    {
        ["id"] = (f, v) => f with { Id = v },
        ["ownerAccountId"] = (f, v) => f with { OwnerAccountId = v },
        ["type"] = (f, v) => f with { Type = v },
        ["region"] = (f, v) => f with { Region = v },
        ["mainland"] = (f, v) => Flag(v) is { } flag ? f with { Mainland = flag } : null,
        ["publicIps"] = (f, v) => f with { PublicIps = v.Split([' ', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
        ["billing"] = (f, v) => f with { Billing = v },
        ["purchasedDaysTotal"] = (f, v) => Number(v) is { } number ? f with { PurchasedDaysTotal = number } : null,
        ["expiresAt"] = (f, v) => Time(v) is { } time ? f with { ExpiresAt = time } : null,
        ["bandwidthMbps"] = (f, v) => Number(v) is { } number ? f with { BandwidthMbps = number } : null,
        ["fixedIp"] = (f, v) => Flag(v) is { } flag ? f with { FixedIp = flag } : null,
        ["packageSupported"] = (f, v) => Flag(v) is { } flag ? f with { PackageSupported = flag } : null,
        ["loadBalancerIp"] = (f, v) => Flag(v) is { } flag ? f with { LoadBalancerIp = flag } : null,
        ["slotsUsedElsewhere"] = (f, v) => Number(v) is { } number ? f with { SlotsUsedElsewhere = number } : null,
        ["synced"] = (f, v) => Flag(v) is { } flag ? f with { Synced = flag } : null,
        ["syncedAt"] = (f, v) => Time(v) is { } time ? f with { SyncedAt = time } : null,
    };

    /// <summary>CSV rows by the names of the header, in any order; an empty field is an absent one. A header we do not know ends the enumeration with one row whose error says so.</summary>
    public static async IAsyncEnumerable<ImportRow> CsvAsync(TextReader text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? header = null;
        await foreach (var record in Csv.ReadAsync(text, cancellationToken))
        {
            if (header is null)
            {
                header = [.. record.Fields.Select(f => f.Trim())];
                if (UnknownColumn(header) is { } bad)
                {
                    yield return new ImportRow(record.Line, null, [new Finding("/" + bad, "import.badHeader") { Args = Texts.Args(("column", bad)) }]);
                    yield break;
                }

                continue;
            }

            yield return Row(header, record);
        }
    }

    /// <summary>JSON lines: one object a line, blank lines skipped.</summary>
    public static async IAsyncEnumerable<ImportRow> JsonLinesAsync(TextReader text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        while (await text.ReadLineAsync(cancellationToken) is { } read)
        {
            number++;
            var line = number == 1 ? read.TrimStart('\ufeff') : read;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (facts, error) = StrictJson.Read<ResourceFacts>(Encoding.UTF8.GetBytes(line));
            var errors = error is null ? [] : error.Errors.Count > 0 ? error.Errors : [new Finding(string.Empty, error.Code)];
            yield return new ImportRow(number, facts, errors);
        }
    }

    private static string? UnknownColumn(IReadOnlyList<string> header) =>
        header.FirstOrDefault(name => !Columns.ContainsKey(name)) ?? header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static ImportRow Row(IReadOnlyList<string> header, CsvRecord record)
    {
        if (record.Fields.Count != header.Count)
        {
            return new ImportRow(record.Line, null, [new Finding(string.Empty, "import.badColumnCount")]);
        }

        var facts = new ResourceFacts();
        var errors = new List<Finding>();
        for (var i = 0; i < header.Count; i++)
        {
            var value = record.Fields[i].Trim();
            if (value.Length == 0)
            {
                continue;
            }

            if (Columns[header[i]](facts, value) is { } read)
            {
                facts = read;
            }
            else
            {
                errors.Add(new Finding("/" + header[i], "request.wrongType"));
            }
        }

        return new ImportRow(record.Line, facts, errors);
    }

    private static bool? Flag(string text) => bool.TryParse(text, out var value) ? value : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A time must say its offset: a bare local time of an export would be read as another instant.</summary>
    private static DateTimeOffset? Time(string text) =>
        text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var value)
            ? value
            : null;
}
