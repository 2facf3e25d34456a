namespace Beian.MiniApi.Cli.Doctor;

/// <summary>How a part is doing.</summary>
internal enum Level
{
    Ok = 1,

    /// <summary>Works, but somebody should look.</summary>
    Warn = 2,

    /// <summary>Does not work.</summary>
    Fail = 3,
}

/// <summary>What one check found.</summary>
/// <param name="Part">What was looked at, one or two words.</param>
/// <param name="Text">What was seen; names no secret.</param>
/// <param name="Remedy">What to do about it; null when all is well.</param>
internal sealed record Finding(Level Level, string Part, string Text, string? Remedy = null)
{
    public static Finding Ok(string part, string text) => new(Level.Ok, part, text);

    public static Finding Warn(string part, string text, string remedy) => new(Level.Warn, part, text, remedy);

    public static Finding Fail(string part, string text, string remedy) => new(Level.Fail, part, text, remedy);

    /// <summary>The line an operator reads: level, part, text, remedy.</summary>
    public override string ToString() =>
        $"{(Level == Level.Ok ? "ok" : Level == Level.Warn ? "warn" : "fail"),-4}  {Part,-16}  {Text}{(Remedy is null ? string.Empty : " -> " + Remedy)}";
}
