using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Moving;

namespace Beian.MiniApi.Cli;

/// <summary><c>migrate</c>: all data from one engine to another.</summary>
internal static class MigrateCommand
{
    public static Command Make(CliHost host)
    {
        var (from, to) = (Engine("--from", "Where the data is."), Engine("--to", "Where it goes, or is already with --verify-only."));
        var verifyOnly = new Option<bool>("--verify-only") { Description = "Read both sides and compare; nothing moves." };
        var command = new Command(
            "migrate",
            "Move all data between the engines, into an empty place. No service may run on either. Stopped at any moment, it goes on when it is called again. At the end both sides are read and compared; exit code 1 when they differ.");
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(verifyOnly);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(from) is { } one && one == parsed.GetValue(to))
            {
                parsed.AddError("--from and --to name the same engine.");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(host, parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(verifyOnly), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, string from, string to, bool verifyOnly, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        await using var source = Engines.Mover(from, host.Services);
        await using var target = Engines.Mover(to, host.Services);
        var (watch, move) = (Stopwatch.StartNew(), new Move(source, target));
        var progress = new Ticker(console.Error).Of<MoveStep>(s => string.Create(CultureInfo.InvariantCulture, $"{s.What}: {s.Table}, {s.Rows} rows"));
        var report = verifyOnly
            ? await move.VerifyAsync(console.Error.WriteLine, progress, cancellationToken)
            : await move.RunAsync(console.Error.WriteLine, progress, cancellationToken);
        foreach (var line in report.Lines)
        {
            await console.Output.WriteLineAsync(Text(line));
        }

        var rows = string.Create(CultureInfo.InvariantCulture, $"{report.Lines.Sum(l => l.To)} rows at {target.Place}, {watch.Elapsed.TotalSeconds:F1} s: ");
        await console.Output.WriteLineAsync(rows + (report.IsSame
            ? verifyOnly ? "the same as at the source." : $"all of the source. Nothing was changed there; start the service with Storage:Engine '{to}' from now on, and never again on the source."
            : "not the same as at the source. The target is not to be used: see docs/moving.md."));
        return report.IsSame ? 0 : 1;
    }

    private static string Text(MoveLine line) => line.IsSame
        ? string.Create(CultureInfo.InvariantCulture, $"same    {line.Table}: {line.To} rows, {line.ToDigest}")
        : string.Create(CultureInfo.InvariantCulture, $"DIFFERS {line.Table}: {line.From} rows, {line.FromDigest}; at the target {line.To} rows, {line.ToDigest}")
            + (line.IsFading ? " (its rows go by themselves as time passes)" : string.Empty);

    private static Option<string> Engine(string name, string description)
    {
        var engine = new Option<string>(name) { Description = description, Required = true };
        engine.AcceptOnlyFromAmong(StorageOptions.Sqlite, StorageOptions.Mongo);
        return engine;
    }
}
