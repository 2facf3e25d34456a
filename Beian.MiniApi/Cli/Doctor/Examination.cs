using System.Runtime.CompilerServices;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Cli.Doctor;

/// <summary>The checks of <c>doctor</c>, in the order an operator mends things.</summary>
internal static class Examination
{
    public static async IAsyncEnumerable<Finding> RunAsync(CliHost host, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var reasons = StartupGuards.Reasons(host.Environment, host.Configuration);
        foreach (var reason in reasons)
        {
            yield return Finding.Fail("configuration", reason, "change that setting: the service does not start with it");
        }

        if (reasons.Count == 0)
        {
            yield return Finding.Ok("configuration", $"is accepted for {host.Environment.EnvironmentName}");
        }
    }
}
