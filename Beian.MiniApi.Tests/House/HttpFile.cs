using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Tests.House;

/// <summary>Runs the requests of a <c>.http</c> file as an editor would: variables, answers of named requests, files in bodies.</summary>
internal sealed partial class HttpFile(string path, HttpClient client, string host)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    /// <summary>Sends every request in its order; each answer must be a success.</summary>
    /// <returns>Title and body of each answer.</returns>
    public async Task<IReadOnlyList<(string Title, string Body)>> RunAsync()
    {
        var told = new List<(string Title, string Body)>();
        var parts = Regex.Split(await File.ReadAllTextAsync(path), @"^### ", RegexOptions.Multiline);
        Define(parts[0]);
        _variables["host"] = host;
        foreach (var part in parts.Skip(1))
        {
            var title = part[..part.IndexOf('\n', StringComparison.Ordinal)];
            using var request = Request(part, out var name);
            var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{title}: {(int)answer.StatusCode} {body}");
            told.Add((title, body));
            if (name is not null)
            {
                _answers[name] = JsonSerializer.Deserialize<JsonElement>(body);
            }

            Define(part);
        }

        return told;
    }

    private HttpRequestMessage Request(string part, out string? name)
    {
        var lines = part.Split('\n').Skip(1).Where(l => !Definition().IsMatch(l) && !l.StartsWith("# ----", StringComparison.Ordinal)).ToArray();
        name = lines.FirstOrDefault(l => l.StartsWith("# @name ", StringComparison.Ordinal))?["# @name ".Length..];
        lines = [.. lines.SkipWhile(l => l.StartsWith('#'))];
        var start = Fill(lines[0]).Split(' ', 2);
        var request = new HttpRequestMessage(new HttpMethod(start[0]), start[1]);
        var headers = lines.Skip(1).TakeWhile(l => l.Length > 0).Select(l => Fill(l).Split(": ", 2)).ToArray();
        foreach (var header in headers.Where(h => h[0] != "Content-Type"))
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        if (headers.FirstOrDefault(h => h[0] == "Content-Type") is { } type)
        {
            var body = string.Join('\n', lines.SkipWhile(l => l.Length > 0)).Trim('\n');
            var multipart = type[1].StartsWith("multipart/", StringComparison.Ordinal);
            request.Content = new ByteArrayContent(Bytes(multipart ? body.Split('\n') : [Fill(body)], multipart));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type[1]);
        }

        return request;
    }

    /// <summary>Lines of a form end in CRLF, and <c>&lt; file</c> stands for the bytes of a file.</summary>
    private byte[] Bytes(string[] lines, bool multipart)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            bytes.Write(line.StartsWith("< ", StringComparison.Ordinal)
                ? File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, line[2..]))
                : Encoding.UTF8.GetBytes(line));
            bytes.Write(multipart ? "\r\n"u8 : ""u8);
        }

        return bytes.ToArray();
    }

    private void Define(string text)
    {
        foreach (var definition in Definition().Matches(text).Cast<Match>().Where(d => d.Groups[1].Value != "host"))
        {
            _variables[definition.Groups[1].Value] = definition.Groups[2].Value.Trim();
        }
    }

    private string Fill(string text) => Placeholder().Replace(text, m => _variables.TryGetValue(m.Groups[1].Value, out var value) ? Fill(value) : Answered(m.Groups[1].Value));

    /// <summary>Such as <c>verified.response.body.$.sites[0].id</c>.</summary>
    private string Answered(string expression)
    {
        var parts = expression.Split(".response.body.$.", 2);
        var value = _answers[parts[0]];
        foreach (var step in parts[1].Split('.', '[', ']').Where(s => s.Length > 0))
        {
            value = int.TryParse(step, out var index) ? value[index] : value.GetProperty(step);
        }

        return value.GetString()!;
    }

    [GeneratedRegex(@"^@(\w+) = (.*)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Placeholder();
}
