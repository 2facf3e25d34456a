using System.Globalization;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Cli.Doctor;

#pragma warning disable CS1998 // Checks look alike, and these have nothing to wait for.

/// <summary>Checks of the key ring, of what it opens, and of what is still to be sealed anew. Nothing is made or changed.</summary>
internal static class KeyChecks
{
    private const string Ring = "key ring";
    private const string DataKeys = "data keys";
    private const string Sealing = "sealing";

    public static async IAsyncEnumerable<Finding> RingAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = host.Services.GetRequiredService<RingSource>();
        var place = source.File ?? KeyRingOptions.Section;
        var (keys, fault) = Read(source);
        yield return (keys, fault) switch
        {
            (_, not null) => Finding.Fail(Ring, fault, $"bring {place} back from its safe copy, or look at Keys:RingFile and Keys:Ring: without it nothing stored opens"),
            (null, _) when Stored(host).Count > 0 => Finding.Fail(Ring, $"{place} is not there, and what is stored is sealed", $"bring {place} back from its safe copy, or set Keys:RingFile"),
            (null, _) => Finding.Warn(Ring, $"{place} is not there yet", "the first start makes it; outside Development set Keys:RingFile or Keys:Ring"),
            _ when HouseChecks.IsOpen(place) => Finding.Warn(Ring, $"{place} can be read by others", $"chmod go= {place}"),
            _ => Finding.Ok(Ring, string.Create(CultureInfo.InvariantCulture, $"{place}: {keys.Ids.Count} keys, '{keys.Active}' wraps")),
        };
    }

    public static async IAsyncEnumerable<Finding> DataKeysAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stored = Stored(host);
        if (stored.Count == 0 || Read(host.Services.GetRequiredService<RingSource>()).Keys is not { } keys)
        {
            yield break;
        }

        var ring = new KeyRing(keys);
        var faults = stored.Select(row => IStoreExaminer.FaultOf(row, ring)).OfType<string>().ToArray();
        foreach (var fault in faults)
        {
            yield return Finding.Fail(DataKeys, fault, "bring the ring's key of that id back from its safe copy; if the ring is right, restore the newest backup");
        }

        var older = stored.Count(row => faults.Length == 0 && KeyRing.IdOf(row.Wrapped) != keys.Active);
        if (older > 0)
        {
            yield return Finding.Warn(DataKeys, string.Create(CultureInfo.InvariantCulture, $"{older} of {stored.Count} are wrapped by another key of the ring than '{keys.Active}'"), "the running service wraps them anew; keep the old key until then");
        }
        else if (faults.Length == 0)
        {
            yield return Finding.Ok(DataKeys, string.Create(CultureInfo.InvariantCulture, $"{stored.Count} open, {stored[^1].Id} seals"));
        }
    }

    public static async IAsyncEnumerable<Finding> SealingAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Stored(host) is not [.., { } newest])
        {
            yield break;
        }

        var state = host.Services.GetRequiredService<IStoreExaminer>().SealingOf(newest.Id);
        if (state.IsOrdered)
        {
            var papers = FileReseal.Waiting(StorageSetup.FolderOf(host.Services), newest.Id);
            yield return Finding.Warn(
                Sealing,
                string.Create(CultureInfo.InvariantCulture, $"{state.Rows} values and {papers} files of papers wait to be sealed by data key {newest.Id}"),
                "start the service, which goes on with it, or call keys rotate");
        }
        else
        {
            yield return Finding.Ok(Sealing, string.Create(CultureInfo.InvariantCulture, $"nothing waits; {state.Rows} values are sealed by an older data key"));
        }

        if (state.Unreadable > 0)
        {
            yield return Finding.Warn(
                Sealing,
                string.Create(CultureInfo.InvariantCulture, $"the last time {state.Unreadable} values or papers could not be opened"),
                "they were damaged or altered: look for them in a backup, and call keys rotate to see whether they still are");
        }
    }

    private static (RingKeys? Keys, string? Fault) Read(RingSource source)
    {
        try
        {
            return (source.Find(), null);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

    private static IReadOnlyList<DataKeyRow> Stored(CliHost host) => host.Services.GetRequiredService<IStoreExaminer>().DataKeys();
}
