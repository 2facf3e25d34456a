using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>Moves as figures are counted from, with ties, gaps and absent values; no filings stand behind them.</summary>
internal sealed class RandomMoves(int seed, DateTimeOffset from, TimeSpan length)
{
    private const int Group = 5_000;

    private static readonly string[] Actions =
    [
        .. new[]
        {
            FilingAction.Submit, FilingAction.PassChecks, FilingAction.Approve, FilingAction.RequestModification, FilingAction.Reject, FilingAction.RejectUnreachable,
            FilingAction.SubmitToAuthority, FilingAction.RecordAuthorityApproval, FilingAction.RecordAuthorityRejection, FilingAction.Withdraw,
        }.Select(FilingTransitions.NameOf),
    ];

    private static readonly string?[] Provinces = [null, .. Enumerable.Range(11, 31).Select(n => $"{n}0000")];

    private readonly Random _random = new(seed);

    /// <summary>Adds so many moves, four to a filing.</summary>
    public async Task AddAsync(SqliteDatabase database, int count)
    {
        foreach (var group in Enumerable.Range(0, count).Chunk(Group))
        {
            await database.WriteAsync(connection => group.Sum(n => connection.Run(
                "INSERT INTO review_facts (filing_id, seq, at, action, from_state, to_state, since_ms, province, reviewer, reasons) VALUES ($id, $seq, $at, $action, '', '', $since, $province, $reviewer, $reasons);",
                Move(n))), default);
        }
    }

    private (string Name, object? Value)[] Move(int n)
    {
        var action = Actions[_random.Next(Actions.Length)];

        // Few different waits, so that several are alike, and many, so that the middle lies between two.
        var since = _random.Next(2) == 0 ? _random.Next(8) * 900_000L : _random.NextInt64(400_000_000);
        return
        [
            ("$id", StoredFilings.Id(n / 4)),
            ("$seq", n % 4),
            ("$at", from.ToUnixTimeMilliseconds() + (_random.Next(20) == 0 ? 0 : _random.NextInt64((long)length.TotalMilliseconds + 1))),
            ("$action", action),
            ("$since", since),
            ("$province", Provinces[_random.Next(Provinces.Length)]),
            ("$reviewer", _random.Next(3) == 0 ? null : "reviewer-" + _random.Next(9)),
            ("$reasons", ReasonsOf(action)),
        ];
    }

    private string? ReasonsOf(string action) => action switch
    {
        "rejectUnreachable" => """["callUnreachable"]""",
        "requestModification" or "reject" or "recordAuthorityRejection" when _random.Next(5) > 0 =>
            JsonSerializer.Serialize(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => "/sites/*/field" + _random.Next(70)), StoredJson.Options),
        _ => null,
    };
}
