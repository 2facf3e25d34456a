using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Cli;

/// <summary>
/// The verbs of the program: called with one it does that and ends; without one it serves. Each verb is a file of its own in this room, and a line in <see cref="Verbs"/>.
/// Exit code 0 is success, 1 what a verb found or could not do, 2 a call that cannot be understood.
/// </summary>
public static class CommandLine
{
    private static readonly Func<CliHost, Command>[] Verbs =
    [
        AuditCommand.Make,
        DoctorCommand.Make,
        HealthCommand.Make,
        KeysCommand.Make,
        BackupCommands.MakeBackup,
        BackupCommands.MakeRestore,
        MigrateCommand.Make,
    ];

    /// <summary>True for a call with a verb, or for help. A first argument that is a setting (<c>--urls …</c>, <c>Storage:Folder=…</c>) is none.</summary>
    public static bool IsVerb(IReadOnlyList<string> args) =>
        args.Count > 0 && (args[0] is "--help" or "-h" or "-?" or "--version" || (args[0].Length > 0 && args[0][0] is not ('-' or '/') && !args[0].Contains('=', StringComparison.Ordinal)));

    /// <param name="args">As the program got them; settings among them go to the configuration.</param>
    /// <param name="build">Makes the program with such settings, without starting it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        var (words, settings) = Split(args);
        await using var host = new CliHost(settings, build);
        var root = new RootCommand("Beian MiniApi. Without a verb it serves. Settings go with every verb, for example --Storage:Folder=/data.");
        foreach (var verb in Verbs)
        {
            root.Subcommands.Add(verb(host));
        }

        var parsed = root.Parse(words);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync();
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or OperationCanceledException or TimeoutException
            or DbException or OptionsValidationException)
        {
            // What an operator can mend; anything else is a fault of ours and ends with its trace.
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>The words of the verb, and the settings: <c>--A:B=c</c>, <c>--A:B c</c>, <c>A:B=c</c>, <c>--environment …</c>.</summary>
    internal static (string[] Words, string[] Settings) Split(IReadOnlyList<string> args)
    {
        var (words, settings) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i].Split('=')[0];
            var isDashed = name.StartsWith("--", StringComparison.Ordinal);
            var isSetting = name is "--environment" or "--contentRoot" || (name.Contains(':', StringComparison.Ordinal) && (isDashed || args[i].Contains('=', StringComparison.Ordinal)));
            (isSetting ? settings : words).Add(args[i]);
            if (isSetting && isDashed && name.Length == args[i].Length && i + 1 < args.Count)
            {
                settings.Add(args[++i]);
            }
        }

        return ([.. words], [.. settings]);
    }
}
