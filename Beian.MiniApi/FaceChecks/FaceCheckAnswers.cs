using System.Collections.Frozen;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.FaceChecks;

/// <summary>What an answer of a provider means for a check.</summary>
public enum FaceCheckSense
{
    Passed = 1,
    Pending = 2,
    Failed = 3,
    Expired = 4,

    /// <summary>It says nothing of the person: the provider is busy or does not work with us.</summary>
    Refused = 5,
}

/// <summary>One meaning, by the word it has in the tables of WeChat and of Tencent Cloud.</summary>
/// <param name="Told">That word, such as <c>face.noRecord</c>.</param>
/// <param name="Outcome">What it means for a check.</param>
/// <param name="Reason">Why it failed, one of <see cref="FaceCheckReasons"/>; null for what is no failure.</param>
/// <param name="Refusal">What our caller is refused with; null for what is no refusal.</param>
public sealed record FaceCheckMeaning(string Told, FaceCheckSense Outcome, string? Reason = null, string? Refusal = null);

/// <summary>An error code of Tencent Cloud.</summary>
/// <param name="Code">Whole, or the part before a dot for all codes that begin with it and have no row.</param>
/// <param name="Meaning">What it says, for operators.</param>
/// <param name="Told">Which meaning it has.</param>
/// <param name="Retry">Whether the same call may work in a moment.</param>
/// <param name="Alert">Whether an operator has to look.</param>
/// <param name="Source">Key into the file's sources.</param>
public sealed record TencentCode(string Code, string Meaning, string Told, bool Retry, bool Alert, string Source);

/// <summary>Results of a check by Tencent Cloud that mean the same.</summary>
/// <param name="Codes">Numbers of <c>Text.ErrCode</c>.</param>
/// <param name="Meaning">What they say, for operators.</param>
/// <param name="Told">Which meaning they have.</param>
public sealed record TencentResult(IReadOnlyList<int> Codes, string Meaning, string Told);

/// <summary>What answers of the providers mean, read once from <c>ReferenceData/face-checks.json</c>.</summary>
public sealed class FaceCheckAnswers
{
    /// <summary>What counts for a code or a result that nobody has described: somebody has to look.</summary>
    private const string Unknown = "face.config";

    private readonly FrozenDictionary<string, FaceCheckMeaning> _meanings;
    private readonly FrozenDictionary<string, TencentCode> _codes;
    private readonly FrozenDictionary<int, TencentResult> _results;

    private FaceCheckAnswers(AnswersFile file)
    {
        _meanings = file.Outcomes.ToFrozenDictionary(m => m.Told, StringComparer.Ordinal);
        _codes = file.TencentCodes.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
        _results = file.TencentResults.SelectMany(r => r.Codes.Select(c => KeyValuePair.Create(c, r))).ToFrozenDictionary();
    }

    /// <exception cref="InvalidDataException">It does not parse, something stands twice, or a row names a meaning, reason, refusal or source that there is not.</exception>
    public static FaceCheckAnswers Load(string file)
    {
        var read = Parse(file);
        return Wrong(read).FirstOrDefault() is { } wrong ? throw new InvalidDataException($"{file}: {wrong}") : new FaceCheckAnswers(read);
    }

    /// <summary>Whether a word of a table has a meaning here.</summary>
    public bool Knows(string told) => _meanings.ContainsKey(told);

    /// <summary>The meaning of a word of a table.</summary>
    public FaceCheckMeaning Of(string told) => _meanings.GetValueOrDefault(told) ?? _meanings[Unknown];

    /// <summary>The row of an error code: its own, else that of the part before the dot; one of neither is our mistake until somebody has described it.</summary>
    public TencentCode FindCode(string code) =>
        _codes.GetValueOrDefault(code)
        ?? _codes.GetValueOrDefault(code.Split('.')[0])
        ?? new TencentCode(code, "not in the table", Unknown, false, true, string.Empty);

    /// <summary>The meaning of a result; null for a number that nobody has described.</summary>
    public FaceCheckMeaning? FindResult(int errCode) => _results.GetValueOrDefault(errCode) is { } row ? Of(row.Told) : null;

    /// <summary>The refusal of a meaning that is one.</summary>
    public static DomainError RefusalOf(FaceCheckMeaning meaning) => FaceCheckErrors.Find(meaning.Refusal ?? string.Empty) ?? FaceCheckErrors.Unavailable();

    /// <summary>The refusal of a start, for which a failure is one of the person's.</summary>
    public static DomainError StartRefusalOf(FaceCheckMeaning meaning) => meaning.Reason is { } reason ? FaceCheckErrors.Refused(reason) : RefusalOf(meaning);

    /// <summary>How a check went that did not pass: ended, failed for a reason of its own, or not known at present.</summary>
    public static Result<FaceCheckResult> UnpassedOf(FaceCheckMeaning meaning, double? score = null) => meaning.Outcome switch
    {
        FaceCheckSense.Expired => FaceCheckResult.Expired,
        FaceCheckSense.Failed => FaceCheckResult.Failed(meaning.Reason, score),
        FaceCheckSense.Pending => FaceCheckResult.Pending,
        _ => RefusalOf(meaning),
    };

    private static AnswersFile Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<AnswersFile>(File.ReadAllBytes(file), ApiJson.Data) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static IEnumerable<string> Wrong(AnswersFile file)
    {
        var told = file.Outcomes.Select(m => m.Told).ToHashSet(StringComparer.Ordinal);
        return Twice(file.Outcomes.Select(m => m.Told))
            .Concat(Twice(file.TencentCodes.Select(c => c.Code)))
            .Concat(Twice(file.TencentResults.SelectMany(r => r.Codes).Select(c => $"{c}")))
            .Concat(file.Outcomes.Where(m => !IsWhole(m)).Select(m => $"{m.Told} has a reason or a refusal that there is not, or none where there must be one."))
            .Concat(file.TencentCodes.Where(c => !told.Contains(c.Told)).Select(c => $"{c.Code} names the unknown meaning '{c.Told}'."))
            .Concat(file.TencentResults.Where(r => !told.Contains(r.Told)).Select(r => $"{r.Codes[0]} names the unknown meaning '{r.Told}'."))
            .Concat(file.TencentCodes.Where(c => !file.Sources.ContainsKey(c.Source)).Select(c => $"{c.Code} names the unknown source '{c.Source}'."))
            .Concat(told.Contains(Unknown) ? [] : [$"'{Unknown}' is missing."]);
    }

    private static bool IsWhole(FaceCheckMeaning m) => m.Outcome switch
    {
        FaceCheckSense.Failed or FaceCheckSense.Expired => m.Reason is { } reason && FaceCheckReasons.All.Contains(reason) && m.Refusal is null,
        FaceCheckSense.Refused => m.Reason is null && m.Refusal is { } refusal && FaceCheckErrors.Find(refusal) is not null,
        _ => m.Reason is null && m.Refusal is null,
    };

    private static IEnumerable<string> Twice(IEnumerable<string> keys) => keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} stands twice.");

    /// <summary>The file as it is written.</summary>
    private sealed record AnswersFile(
        string CheckedOn,
        IReadOnlyDictionary<string, string> Sources,
        IReadOnlyList<FaceCheckMeaning> Outcomes,
        IReadOnlyList<TencentCode> TencentCodes,
        IReadOnlyList<TencentResult> TencentResults);
}
