using Microsoft.AspNetCore.Http.Extensions;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>
/// What was sent in a form that was refused for a reason of the moment, to be sent again as it was. The token of its page comes along unchanged: it was made for one member in one
/// browser and is judged again, so that nobody else's words can be sent in this way, and nobody sends those of another member.
/// </summary>
/// <param name="Action">Path and query it was sent to.</param>
/// <param name="Fields">Names and values in their order; no files.</param>
public sealed record KeptForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Fields that never come back to a page: who knows them has to type them again. A form that has one is not kept at all.</summary>
    public static IReadOnlySet<string> Secrets { get; } = new HashSet<string>(StringComparer.Ordinal) { "password", "current", "next", "again", "code", "ticket" };

    /// <summary>Without what was typed: records end up in logs.</summary>
    public override string ToString() => nameof(KeptForm);

    /// <summary>What the request sent; null when that is nothing, a secret, a file, or from a page of somebody else.</summary>
    public static async Task<KeptForm?> OfAsync(HttpContext http)
    {
        var isForm = HttpMethods.IsPost(http.Request.Method) && http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm || ConsoleFilter.IsForeign(http) || await ConsoleForms.TryReadAsync(http) is not null)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        KeyValuePair<string, string>[] fields = [.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? string.Empty)))];
        var hasWords = fields.Any(f => f.Value.Length > 0 && !f.Key.StartsWith("__", StringComparison.Ordinal));
        return hasWords && !fields.Any(f => Secrets.Contains(f.Key)) ? new KeptForm(http.Request.GetEncodedPathAndQuery(), fields) : null;
    }
}

/// <summary>A refusal with what was sent.</summary>
/// <param name="Error">Why it was not done.</param>
/// <param name="Form">What was sent.</param>
/// <param name="First">Where something has to be done first, such as the login; null when time alone helps.</param>
public sealed record KeptModel(Domain.DomainError Error, KeptForm Form, string? First);
