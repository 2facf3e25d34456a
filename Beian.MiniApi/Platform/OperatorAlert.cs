namespace Beian.MiniApi.Platform;

/// <summary>The event of every log entry that somebody who runs the program has to look at. Operators filter for its id: it never changes.</summary>
public static class OperatorAlert
{
    public const int Id = 4001;

    public const string Name = nameof(OperatorAlert);
}
