using System.Runtime.CompilerServices;
using System.Text;

namespace Beian.MiniApi.Platform;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">The line it begins on, counted from 1.</param>
/// <param name="Fields">Its fields, unquoted; an empty field is an empty text.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields);

/// <summary>A file that is not CSV: a quote that never ends, or text beside a quoted field.</summary>
public sealed class CsvFormatException : Exception
{
    public CsvFormatException()
    {
    }

    public CsvFormatException(string message)
        : base(message)
    {
    }

    public CsvFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The line the broken record begins on, counted from 1.</summary>
    public int Line { get; init; }
}

/// <summary>
/// Reads CSV after RFC 4180: fields in double quotes may hold commas, line ends and doubled quotes; lines end in CRLF or LF. A byte order mark, which
/// spreadsheets write, and blank lines are skipped.
/// </summary>
public static class Csv
{
    /// <summary>Longest field, characters; a longer one is most likely a quote that was never closed.</summary>
    public const int MaxField = 32 * 1024;

    /// <exception cref="CsvFormatException">While enumerating: the file is not CSV.</exception>
    public static async IAsyncEnumerable<CsvRecord> ReadAsync(TextReader text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = new Parser();
        var buffer = new char[8192];
        int read;
        while ((read = await text.ReadAsync(buffer, cancellationToken)) > 0)
        {
            for (var i = 0; i < read; i++)
            {
                if (parser.Take(buffer[i]) is { } record)
                {
                    yield return record;
                }
            }
        }

        if (parser.End() is { } last)
        {
            yield return last;
        }
    }

    private enum At
    {
        FieldStart = 1,
        Plain = 2,
        Quoted = 3,
        QuoteInQuoted = 4,
    }

    /// <summary>Takes one character after the other and gives a record when one is complete.</summary>
    private sealed class Parser
    {
        private readonly StringBuilder _field = new();
        private List<string> _fields = [];
        private At _at = At.FieldStart;
        private int _line = 1;
        private int _recordLine = 1;
        private bool _first = true;
        private bool _anything;

        public CsvRecord? Take(char c)
        {
            var first = _first;
            _first = false;
            if (first && c == '\ufeff')
            {
                return null;
            }

            if (c == '\n')
            {
                _line++;
            }

            switch (_at)
            {
                case At.Quoted when c == '"':
                    _at = At.QuoteInQuoted;
                    return null;
                case At.Quoted:
                case At.QuoteInQuoted when c == '"':
                    _at = At.Quoted;
                    Append(c);
                    return null;
                case At.FieldStart when c == '"':
                    _anything = true;
                    _at = At.Quoted;
                    return null;
                default:
                    return Outside(c);
            }
        }

        public CsvRecord? End()
        {
            if (_at == At.Quoted)
            {
                throw Broken();
            }

            return EndRecord();
        }

        private CsvRecord? Outside(char c)
        {
            switch (c)
            {
                case ',':
                    _anything = true;
                    EndField();
                    return null;
                case '\n':
                    return EndRecord();
                case '\r':
                    // The LF that follows ends the record; a CR alone is no line end in RFC 4180 and no character anybody types.
                    return null;
            }

            if (_at == At.QuoteInQuoted || c == '"')
            {
                throw Broken();
            }

            _anything = true;
            _at = At.Plain;
            Append(c);
            return null;
        }

        private void Append(char c)
        {
            if (_field.Length >= MaxField)
            {
                throw Broken();
            }

            _field.Append(c);
        }

        private void EndField()
        {
            _fields.Add(_field.ToString());
            _field.Clear();
            _at = At.FieldStart;
        }

        private CsvRecord? EndRecord()
        {
            var line = _recordLine;
            _recordLine = _line;
            if (!_anything)
            {
                return null;
            }

            EndField();
            var record = new CsvRecord(line, _fields);
            _fields = [];
            _anything = false;
            return record;
        }

        private CsvFormatException Broken() => new($"Line {_recordLine} is not CSV.") { Line = _recordLine };
    }
}
