namespace Beian.MiniApi.Storage.Moving;

/// <summary>A table whose rows move between the engines. Its columns stand in the order of the schema; columns that follow from others are none of them.</summary>
/// <param name="Name">The table, and the collection that keeps the same things.</param>
/// <param name="Key">What tells the rows apart, and in which order they are read; empty where nothing does.</param>
/// <param name="Columns">All of them.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Columns)
{
    /// <param name="name">The table.</param>
    /// <param name="key">Names, with a space between.</param>
    /// <param name="columns">Names, with a space between.</param>
    public MovedTable(string name, string key, string columns)
        : this(name, key.Split(' ', StringSplitOptions.RemoveEmptyEntries), columns.Split(' '))
    {
    }

    /// <summary>True where numbers are given once and never again; the last one given moves too.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>True for what is no table by itself: the different keys of the only part, which are one document each where there are documents. Its rows count for nothing.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Tables whose rows stand inside a document of this one where there are documents.</summary>
    public IReadOnlyList<MovedPart> Parts { get; init; } = [];

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(column), $"{Name} has no column {column}.");
    }
}

/// <summary>Rows that belong to a row of another table.</summary>
/// <param name="Table">Their table.</param>
/// <param name="Owner">Column that holds the key of the row they belong to.</param>
internal sealed record MovedPart(MovedTable Table, string Owner)
{
    /// <summary>Column and value of the rows that are meant, where the table has rows of several owners; null for all rows.</summary>
    public (string Column, string Value)? Only { get; init; }
}

/// <summary>One row, and what belongs to it. Values are <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, <c>byte[]</c> or null.</summary>
/// <param name="Row">In the order of the columns.</param>
/// <param name="Parts">Rows for each part of the table, in the order of the parts.</param>
internal sealed record MovedThing(object?[] Row, IReadOnlyList<IReadOnlyList<object?[]>> Parts);

/// <summary>Some things in the order in which the source reads them.</summary>
/// <param name="Things">Never none.</param>
/// <param name="Cursor">The last of them, in words that the source alone understands: reading goes on behind it.</param>
internal sealed record MovedBatch(IReadOnlyList<MovedThing> Things, string Cursor);
