using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Stats;

internal static class ShowStats
{
    private const int DefaultDays = 30;

    public static async Task<IResult> HandleAsync(HttpContext http, IReviewFacts facts, IStaffStore staff, ReferenceBook book, BusinessClock clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var days = int.TryParse(http.Request.Query["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && StatsModel.Periods.Contains(asked) ? asked : DefaultDays;
        var figures = await facts.FiguresAsync(ChinaTime.EndOf(ChinaTime.DateOf(now).AddDays(-days)), now.AddMilliseconds(1), now, cancellationToken);
        var english = Problems.WantsEnglish(http);
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var provinces = book.Tables.Provinces.ToDictionary(p => p.Code, p => english ? p.Names.En : p.ShortName, StringComparer.Ordinal);
        var labels = figures.Reasons.ToDictionary(r => r.Reason, r => LabelOf(r.Reason, book, english) ?? r.Reason, StringComparer.Ordinal);
        return ConsolePage.Show<StatsPage>(http, "stats.title", new StatsModel(days, figures, labels, provinces, names));
    }

    /// <summary>What people call the field or the paper; null for one without a name.</summary>
    private static string? LabelOf(string reason, ReferenceBook book, bool english)
    {
        const string papers = "/materials/";
        if (reason.StartsWith(papers, StringComparison.Ordinal))
        {
            var names = book.FindMaterial(reason[papers.Length..].Split('/')[0])?.Names;
            return english ? names?.En : names?.Zh;
        }

        var label = book.Tables.Fields.FirstOrDefault(f => f.Pointer == reason)?.Label;
        return english ? label?.En : label?.Zh;
    }
}
