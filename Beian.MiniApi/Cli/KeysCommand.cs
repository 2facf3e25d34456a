using System.CommandLine;
using System.Globalization;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Cli;

/// <summary><c>keys rotate</c>: a new data key, and everything sealed by it.</summary>
internal static class KeysCommand
{
    public static Command Make(CliHost host)
    {
        var keys = new Command("keys", "The keys by which everything stored is sealed.");
        var keepOld = new Option<bool>("--keep-old") { Description = "Only make the new key; what is stored stays sealed by the old ones, which still open it." };
        var rotate = new Command("rotate", "Make a new data key, wrap all data keys by the ring's active key, and seal everything anew. The service may run meanwhile; ended before its time, it goes on at the next start of the service.");
        rotate.Options.Add(keepOld);
        rotate.SetAction((parsed, cancellationToken) => RotateAsync(host, parsed.GetValue(keepOld), parsed.InvocationConfiguration, cancellationToken));
        keys.Subcommands.Add(rotate);
        return keys;
    }

    private static async Task<int> RotateAsync(CliHost host, bool keepOld, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var store = host.Services.GetRequiredService<IStoreExaminer>();
        if (!store.IsThere())
        {
            throw new InvalidDataException($"There is no database at {store.Place}.");
        }

        if (keepOld)
        {
            var data = host.Services.GetRequiredService<IDataKeyStore>();
            await data.KeepAsync(cancellationToken);
            var made = await data.RenewAsync(cancellationToken);
            await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Data key {made} seals from now on."));
            return 0;
        }

        var resealing = host.Services.GetRequiredService<Resealing>();
        await resealing.OrderAsync(cancellationToken);
        var told = new Ticker(console.Error);
        var done = await resealing.RunAsync(Resealing.Gently, told.Of<ResealProgress>(p => string.Create(CultureInfo.InvariantCulture, $"{p.What}: {p.Seen} seen, {p.Resealed} sealed anew")), cancellationToken);
        await console.Output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"Data key {done.DataKey} seals from now on; {done.Count} rows and materials were sealed anew, {done.Unreadable} cannot be opened."));
        return done.Unreadable == 0 ? 0 : 1;
    }
}
