using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Cli;

/// <summary><c>audit verify</c> and <c>audit head</c>.</summary>
internal static class AuditCommand
{
    public static Command Make(CliHost host) => new("audit", "The audit trail: verify it, or export how far it goes.") { Verify(host), Head(host) };

    private static Command Verify(CliHost host)
    {
        var head = new Option<string?>("--head")
        {
            Description = "A file of exported heads (audit/heads.jsonl, or the output of audit head), or one such line; the trail must go through each. The file of the data folder is always read.",
        };
        var command = new Command("verify", "Find any altered, missing, reordered or cut-off entry. Exit code 1 when there is one. The service may run meanwhile.") { head };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Verify(host, parsed.GetValue(head), parsed.InvocationConfiguration, cancellationToken)));
        return command;
    }

    private static int Verify(CliHost host, string? exported, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var store = host.Services.GetRequiredService<IStoreExaminer>();
        if (!store.IsThere())
        {
            console.Error.WriteLine($"There is no database at {store.Place}; name the data folder with --Storage:Folder=…");
            return 1;
        }

        // Before the database: what is exported meanwhile is not expected of an earlier moment.
        var heads = AuditHeads.Read(host.Services.GetRequiredService<AuditHeads>().File).Concat(exported is null ? [] : Exported(exported)).ToArray();
        var watch = Stopwatch.StartNew();
        var verdict = store.VerifyAudit(heads, new Lines(console.Error), cancellationToken);
        foreach (var fault in verdict.Faults)
        {
            console.Output.WriteLine($"{fault.Code}: {fault.Text}");
        }

        var end = verdict.Faults.Count == 0 ? "nothing is altered, missing or cut off" : verdict.Faults.Count == AuditWalk.MaxFaults ? "not to be trusted; more was found than is told" : "not to be trusted";
        console.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Chain {verdict.Instance ?? "(none)"}: {verdict.Entries} entries up to {verdict.LastSeq}, {heads.Length} heads, {watch.Elapsed.TotalSeconds:F1} s: {end}."));
        return verdict.Faults.Count == 0 ? 0 : 1;
    }

    private static Command Head(CliHost host)
    {
        var command = new Command("head", "Write the signed head of the trail as one line. Kept elsewhere, it shows with audit verify --head whether entries up to it were cut off or made anew.");
        command.SetAction((parsed, _) =>
        {
            if (host.Services.GetRequiredService<IStoreExaminer>().AuditHead() is not { } head)
            {
                parsed.InvocationConfiguration.Error.WriteLine("There is no audit trail yet.");
                return Task.FromResult(1);
            }

            parsed.InvocationConfiguration.Output.WriteLine(AuditHeads.Line(head));
            return Task.FromResult(0);
        });
        return command;
    }

    private static IReadOnlyList<AuditHead> Exported(string given)
    {
        if (given.TrimStart().StartsWith('{'))
        {
            return [AuditHeads.Parse(given) ?? throw new InvalidDataException("--head is no head of an audit trail.")];
        }

        var heads = File.Exists(given) ? AuditHeads.Read(given) : throw new InvalidDataException($"--head: there is no file {given}.");
        return heads.Count > 0 ? heads : throw new InvalidDataException($"--head: {given} holds no head of an audit trail.");
    }

    /// <summary>Progress, a line each.</summary>
    private sealed class Lines(TextWriter writer) : IProgress<long>
    {
        public void Report(long value) => writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value} entries read"));
    }
}
