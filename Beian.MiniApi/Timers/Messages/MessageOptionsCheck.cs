using System.Globalization;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Messages;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>Names the row of each setting that cannot be used. Whether WeChat has the templates is looked up while the program runs.</summary>
internal sealed partial class MessageOptionsCheck : IValidateOptions<MessageOptions>
{
    private const string Templates = MessageOptions.Section + ":" + nameof(MessageOptions.Templates);

    public ValidateOptionsResult Validate(string? name, MessageOptions options)
    {
        var wrong = options.Templates.SelectMany((t, n) => Wrong(string.Create(CultureInfo.InvariantCulture, $"{Templates}:{n}"), t)).Concat(Twice(options)).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(string row, MessageTemplateOptions template)
    {
        if (!Id().IsMatch(template.Id))
        {
            yield return $"{row}:Id must be the 43 letters, digits, '-' or '_' of a template's id; it has {template.Id.Length.ToString(CultureInfo.InvariantCulture)} characters.";
        }

        if (template.Events.Count == 0)
        {
            yield return $"{row}:Events must name at least one event.";
        }

        for (var i = 0; i < template.Events.Count; i++)
        {
            if (!MessageEvent.All.ContainsKey(template.Events[i]))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{row}:Events:{i} '{template.Events[i]}' is no event; there are {Listed(MessageEvent.All.Keys)}.");
            }
        }

        if (template.Page is { } page && (!Page().IsMatch(page) || page.Length > 512))
        {
            yield return $"{row}:Page '{page}' must be a page without a leading slash; only {{filingId}} and {{number}} are filled in.";
        }

        foreach (var fault in WrongFields(row, template.Fields))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> WrongFields(string row, IDictionary<string, string> fields)
    {
        if (fields.Count == 0)
        {
            yield return $"{row}:Fields must have the lines of the template.";
        }

        foreach (var (key, source) in fields)
        {
            if (MessageField.Parse(key) is null)
            {
                yield return $"{row}:Fields:{key} is no key of a template; one is a kind and a number, such as thing1, phrase2 or character_string4.";
            }

            if (!MessageFacts.Names.Contains(source, StringComparer.Ordinal))
            {
                yield return $"{row}:Fields:{key} '{source}' is nothing that can be told; there are {Listed(MessageFacts.Names)}.";
            }
        }
    }

    private static IEnumerable<string> Twice(MessageOptions options)
    {
        var events = options.Templates.SelectMany((t, n) => t.Events.Select((e, i) => (Code: e, Row: string.Create(CultureInfo.InvariantCulture, $"{Templates}:{n}:Events:{i}"))));
        var ids = options.Templates.Select((t, n) => (Code: t.Id, Row: string.Create(CultureInfo.InvariantCulture, $"{Templates}:{n}:Id")));
        return events.Concat(ids).GroupBy(e => e.Code, StringComparer.Ordinal).SelectMany(g => g.Skip(1).Select(e => $"{e.Row} '{e.Code}' stands at {g.First().Row} already."));
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    [GeneratedRegex("^[A-Za-z0-9_-]{43}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\?([A-Za-z0-9_.~%&=-]|\{filingId\}|\{number\})*)?$")]
    private static partial Regex Page();
}
