using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Tests.House;

/// <summary>The states of a filing and its moves, read from <see cref="FilingTransitions"/>.</summary>
internal static class StateDocs
{
    public static string Markdown()
    {
        var text = new StringBuilder("# States of a filing\n\nMade from `Domain/Filings/FilingTransitions.cs` by `House/DocsTests`. What has no row here is refused with 409 `filing.stateConflict`, "
            + "which names the state and the `allowedActions`.\n\n## States\n\n| state | meaning | open | the applicant may |\n|---|---|---|---|\n");
        foreach (var state in Enum.GetValues<FilingState>())
        {
            var open = FilingTransitions.Open.Contains(state) ? "yes" : "";
            var may = string.Join(", ", FilingTransitions.AllowedActions(state, Role.Applicant).Select(a => $"`{a}`"));
            text.Append(CultureInfo.InvariantCulture, $"| `{FilingTransitions.NameOf(state)}` | {Meaning(state)} | {open} | {may} |\n");
        }

        text.Append("\nAn account has one open filing at a time. `draftExpired` and `abandoned` hold nothing any more; what was typed can be copied into a new draft.\n");
        text.Append("\n## Moves\n\n| from | action | to | by |\n|---|---|---|---|\n");
        foreach (var ((from, action), move) in FilingTransitions.Table.OrderBy(r => r.Key.From).ThenBy(r => r.Key.Action))
        {
            var to = move.To is { } target ? $"`{FilingTransitions.NameOf(target)}`" : "back to where it was submitted from";
            text.Append(CultureInfo.InvariantCulture, $"| `{FilingTransitions.NameOf(from)}` | `{FilingTransitions.NameOf(action)}` | {to} | {string.Join(", ", move.Roles.Select(r => r.ToString().ToLowerInvariant()))} |\n");
        }

        text.Append("\nAn admin may do what a reviewer may. `system` is a timer or a check that came back.\n");
        return text.ToString();
    }

    private static string Meaning(FilingState state) => XmlDocs.Summary($"F:{typeof(FilingState).FullName}.{state}");
}
