namespace Beian.MiniApi.Cli.Doctor;

/// <summary>The checks of <c>doctor</c>, in the order an operator mends things.</summary>
internal static class Examination
{
    private static readonly Func<CliHost, CancellationToken, IAsyncEnumerable<Finding>>[] Checks =
    [
        HouseChecks.ConfigurationAsync,
        HouseChecks.FolderAsync,
        HouseChecks.DiskAsync,
        HouseChecks.StoreAsync,
        HouseChecks.KeysAsync,
        KeyChecks.RingAsync,
        KeyChecks.DataKeysAsync,
        KeyChecks.SealingAsync,
        HouseChecks.AuditAsync,
        HouseChecks.ToolsAsync,
        OutsideChecks.WeChatAsync,
        OutsideChecks.RegistryAsync,
        OutsideChecks.ScannerAsync,
    ];

    /// <summary>Every finding, each check by itself: one that breaks is a finding too, and the others go on. After a configuration that is refused nothing else makes sense.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var check in Checks)
        {
            var refused = false;
            foreach (var finding in await ListAsync(check, host, cancellationToken))
            {
                refused |= finding is { Level: Level.Fail, Part: HouseChecks.Configuration };
                yield return finding;
            }

            if (refused)
            {
                yield break;
            }
        }
    }

    private static async Task<List<Finding>> ListAsync(Func<CliHost, CancellationToken, IAsyncEnumerable<Finding>> check, CliHost host, CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        try
        {
            await foreach (var finding in check(host, cancellationToken))
            {
                found.Add(finding);
            }
        }
#pragma warning disable CA1031 // Whatever breaks a check is what the operator has to know.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            found.Add(Finding.Fail(check.Method.Name.Replace("Async", string.Empty, StringComparison.Ordinal).ToLowerInvariant(), e.Message, "mend what the message names and look again"));
        }

        return found;
    }
}
