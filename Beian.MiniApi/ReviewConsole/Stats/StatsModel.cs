using System.Globalization;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Stats;

/// <summary>The review in figures.</summary>
/// <param name="Days">Length of the period, up to now.</param>
/// <param name="Figures">What was counted.</param>
/// <param name="Labels">What the marked fields are called, by reason; one without a name is shown as it is.</param>
/// <param name="Provinces">Names by division code.</param>
/// <param name="Reviewers">Names of the members of staff by id.</param>
public sealed record StatsModel(
    int Days, ReviewFigures Figures, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Provinces, IReadOnlyDictionary<string, string> Reviewers)
{
    /// <summary>Periods to choose from, in days.</summary>
    public static readonly IReadOnlyList<int> Periods = [7, 30, 90];

    /// <summary>A share as people read it, such as <c>67%</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(share * 100)}%");

    public int Waiting => Figures.Waiting.Sum(w => w.Count);

    public int Overdue => Figures.Waiting.Sum(w => w.Overdue);

    /// <summary>Since when the longest waiting filing has been in its state; null without any.</summary>
    public DateTimeOffset? Oldest => Figures.Waiting.Count == 0 ? null : Figures.Waiting.Min(w => w.OldestSince);
}

/// <summary>A row of a chart.</summary>
/// <param name="Label">What it counts.</param>
/// <param name="Value">How many, which is how long the bar is.</param>
/// <param name="Other">How many of another sort, drawn behind the first; 0 for none.</param>
public sealed record BarRow(string Label, int Value, int Other = 0);
