namespace Beian.MiniApi.Storage.Moving;

/// <summary>One engine's place of data, as far as moving needs it. It is opened as a source or as a target; what it cannot do is an <see cref="InvalidDataException"/> with a sentence for the operator.</summary>
internal interface IMovingEngine : IAsyncDisposable
{
    /// <summary>Where it is, for people; never with a password.</summary>
    string Place { get; }

    /// <summary>
    /// Opens the place to be read, alone where the engine can see to that, and does what was left to be done of earlier saves.
    /// </summary>
    /// <param name="tell">Takes a sentence that the operator ought to know.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What tells this place, at this moment of its life, from others: the end of its audit trail.</returns>
    Task<string> OpenSourceAsync(Action<string> tell, CancellationToken cancellationToken);

    /// <summary>Opens an empty place to be filled, or one that a move from the same source has begun to fill.</summary>
    /// <returns>How far that one came, by table; none for a new one.</returns>
    Task<IReadOnlyDictionary<string, MoveProgress>> OpenTargetAsync(string source, CancellationToken cancellationToken);

    /// <summary>Everything of a table behind the cursor, and what belongs to it, in batches that fit into memory.</summary>
    IAsyncEnumerable<MovedBatch> ReadAsync(MovedTable table, string? after, CancellationToken cancellationToken);

    /// <summary>The last number given in each table that numbers its rows.</summary>
    Task<IReadOnlyList<object?[]>> NumbersAsync(CancellationToken cancellationToken);

    /// <summary>Keeps the things, and after them the progress. Things that are there already, of a time before a kill, are not kept twice.</summary>
    Task WriteAsync(MovedTable table, IReadOnlyList<MovedThing> things, MoveProgress progress, CancellationToken cancellationToken);

    Task WriteNumbersAsync(IReadOnlyList<object?[]> numbers, CancellationToken cancellationToken);

    /// <summary>Lets the filled place be one that a service may start on.</summary>
    Task EndAsync(CancellationToken cancellationToken);

    /// <summary>True when rows of the table go by themselves as time passes, whoever runs.</summary>
    bool IsFading(MovedTable table);
}

/// <summary>How far a table has moved.</summary>
/// <param name="Cursor">Of the last batch; null before the first.</param>
/// <param name="IsDone">All of it is there.</param>
/// <param name="Sums">What was read of the table and its parts, as text, by their names.</param>
internal sealed record MoveProgress(string? Cursor, bool IsDone, IReadOnlyDictionary<string, string> Sums)
{
    public static readonly MoveProgress None = new(null, false, new Dictionary<string, string>());
}
