using System.IO.Pipelines;
using System.Text.Json;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Export;

/// <summary>Writes one JSON object member by member, so that no more than one row of it is in memory at a time.</summary>
internal sealed class ExportStream(PipeWriter output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output);

    public void Begin() => _json.WriteStartObject();

    public void Member<T>(string name, T value)
    {
        _json.WritePropertyName(name);
        Value(value);
    }

    /// <summary>An array, row by row as they come.</summary>
    public async Task ListAsync<T>(string name, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        _json.WriteStartArray(name);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            Value(row);
            await FlushAsync(cancellationToken);
        }

        _json.WriteEndArray();
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        _json.WriteEndObject();
        await FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Every row of a list that is read page by page.</summary>
    /// <param name="read">Gives the page after a key, null for the first.</param>
    /// <param name="keyOf">The sort key of a row.</param>
    /// <param name="size">Rows of a page.</param>
    public static async IAsyncEnumerable<T> Pages<T>(Func<string?, Task<IReadOnlyList<T>>> read, Func<T, string> keyOf, int size)
    {
        string? after = null;
        while (true)
        {
            var rows = await read(after);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < size)
            {
                yield break;
            }

            after = keyOf(rows[^1]);
        }
    }

    private void Value<T>(T value) => _json.WriteRawValue(ApiJson.Serialize(value), skipInputValidation: true);

    /// <summary>Waits for a slow reader instead of piling up for it.</summary>
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _json.FlushAsync(cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
