namespace Beian.MiniApi.Storage.Moving;

/// <summary>
/// Moves all data from one engine into an empty place of another, table by table in batches. The target remembers after each batch how far it came, so that a move that was stopped goes on there.
/// At the end both sides are read and compared.
/// </summary>
/// <param name="from">Is not changed, beyond what was left to be done there.</param>
/// <param name="to">Where it goes.</param>
internal sealed class Move(IMovingEngine from, IMovingEngine to)
{
    /// <exception cref="InvalidDataException">It cannot be done; the message says what to do.</exception>
    public async Task<MoveReport> RunAsync(Action<string> tell, IProgress<MoveStep> progress, CancellationToken cancellationToken)
    {
        var source = await from.OpenSourceAsync(tell, cancellationToken);
        var states = await to.OpenTargetAsync(source, cancellationToken);
        if (states.Count > 0)
        {
            tell("A move that was stopped goes on.");
        }

        var read = new Sums();
        foreach (var table in MovedTables.All)
        {
            await MoveAsync(table, states.GetValueOrDefault(table.Name, MoveProgress.None), read, progress, cancellationToken);
        }

        var numbers = await from.NumbersAsync(cancellationToken);
        await to.WriteNumbersAsync(numbers, cancellationToken);
        var report = await CompareAsync(from, to, read, progress, cancellationToken);
        if (report.IsSame)
        {
            await to.EndAsync(cancellationToken);
        }

        return report;
    }

    /// <summary>Reads both sides and compares; nothing moves.</summary>
    public async Task<MoveReport> VerifyAsync(Action<string> tell, IProgress<MoveStep> progress, CancellationToken cancellationToken)
    {
        await from.OpenSourceAsync(tell, cancellationToken);
        await to.OpenSourceAsync(tell, cancellationToken);
        return await CompareAsync(from, to, null, progress, cancellationToken);
    }

    private async Task MoveAsync(MovedTable table, MoveProgress state, Sums read, IProgress<MoveStep> progress, CancellationToken cancellationToken)
    {
        var sums = Sums.Of(state.Sums);
        if (!state.IsDone)
        {
            await foreach (var batch in from.ReadAsync(table, state.Cursor, cancellationToken))
            {
                sums.Add(table, batch.Things);
                state = new MoveProgress(batch.Cursor, false, sums.ToTexts());
                await to.WriteAsync(table, batch.Things, state, cancellationToken);
                progress.Report(new MoveStep("moving", table.Name, sums[table.Name].Count));
            }

            await to.WriteAsync(table, [], state with { IsDone = true }, cancellationToken);
        }

        read.Add(sums);
    }

    private static async Task<MoveReport> CompareAsync(IMovingEngine from, IMovingEngine to, Sums? read, IProgress<MoveStep> progress, CancellationToken cancellationToken)
    {
        var (here, there) = (await SumAsync(from, progress, cancellationToken), await SumAsync(to, progress, cancellationToken));
        var lines = new List<MoveLine>();
        foreach (var table in MovedTables.Tables.Append(MovedTables.Numbers))
        {
            var isFading = from.IsFading(table) || to.IsFading(table);
            var (a, b) = (here[table.Name], there[table.Name]);

            // What went by itself since it was read is there on one side alone, and was moved all the same.
            var isSame = a.IsSame(b) || (isFading && read is not null && read[table.Name].IsSame(b));
            lines.Add(new MoveLine(table.Name, a.Count, b.Count, isSame ? b.Digest : a.Digest, b.Digest, isSame, isFading));
        }

        return new MoveReport(lines);
    }

    private static async Task<Sums> SumAsync(IMovingEngine engine, IProgress<MoveStep> progress, CancellationToken cancellationToken)
    {
        var sums = new Sums();
        foreach (var table in MovedTables.All)
        {
            await foreach (var batch in engine.ReadAsync(table, null, cancellationToken))
            {
                sums.Add(table, batch.Things);
                progress.Report(new MoveStep($"reading {engine.Place}", table.Name, sums[table.Name].Count));
            }
        }

        foreach (var row in await engine.NumbersAsync(cancellationToken))
        {
            sums[MovedTables.Numbers.Name].Add(MovedTables.Numbers, row);
        }

        return sums;
    }

    /// <summary>Sums by table.</summary>
    private sealed class Sums
    {
        private readonly Dictionary<string, RowSum> _sums = new(StringComparer.Ordinal);

        public RowSum this[string table]
        {
            get
            {
                if (!_sums.TryGetValue(table, out var sum))
                {
                    _sums[table] = sum = new RowSum();
                }

                return sum;
            }
        }

        public static Sums Of(IReadOnlyDictionary<string, string> texts)
        {
            var sums = new Sums();
            foreach (var (table, text) in texts)
            {
                sums._sums[table] = RowSum.Parse(text);
            }

            return sums;
        }

        public Dictionary<string, string> ToTexts() => _sums.ToDictionary(s => s.Key, s => s.Value.ToString());

        public void Add(Sums others)
        {
            foreach (var (table, sum) in others._sums)
            {
                this[table].Add(sum);
            }
        }

        public void Add(MovedTable table, IReadOnlyList<MovedThing> things)
        {
            foreach (var thing in things)
            {
                if (!table.IsGroup)
                {
                    this[table.Name].Add(table, thing.Row);
                }

                for (var i = 0; i < table.Parts.Count; i++)
                {
                    foreach (var row in thing.Parts[i])
                    {
                        this[table.Parts[i].Table.Name].Add(table.Parts[i].Table, row);
                    }
                }
            }
        }
    }
}

/// <summary>What is being done.</summary>
/// <param name="What">In words.</param>
/// <param name="Table">With which table.</param>
/// <param name="Rows">Rows of it so far.</param>
internal sealed record MoveStep(string What, string Table, long Rows);

/// <summary>A table on both sides.</summary>
/// <param name="Table">Its name.</param>
/// <param name="From">Rows of the source.</param>
/// <param name="To">Rows of the target.</param>
/// <param name="FromDigest">Of the source's rows.</param>
/// <param name="ToDigest">Of the target's rows.</param>
/// <param name="IsSame">What was read of the source is what the target holds.</param>
/// <param name="IsFading">Rows go by themselves as time passes.</param>
internal sealed record MoveLine(string Table, long From, long To, string FromDigest, string ToDigest, bool IsSame, bool IsFading);

/// <summary>All tables on both sides.</summary>
internal sealed record MoveReport(IReadOnlyList<MoveLine> Lines)
{
    public bool IsSame => Lines.All(l => l.IsSame);
}
