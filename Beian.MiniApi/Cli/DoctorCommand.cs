using System.CommandLine;
using Beian.MiniApi.Cli.Doctor;

namespace Beian.MiniApi.Cli;

/// <summary><c>doctor</c>: looks at everything the service depends on, a line each.</summary>
internal static class DoctorCommand
{
    public static Command Make(CliHost host)
    {
        var command = new Command("doctor", "Check configuration, store, keys, clock, disk and outside services; a line each, with a remedy. Exit code 1 when one fails.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var failed = 0;
            await foreach (var finding in Examination.RunAsync(host, cancellationToken))
            {
                failed += finding.Level == Level.Fail ? 1 : 0;
                await parsed.InvocationConfiguration.Output.WriteLineAsync(finding.ToString());
            }

            return failed == 0 ? 0 : 1;
        });
        return command;
    }
}
