namespace Beian.MiniApi.Channels;

/// <summary>What may stand in a header.</summary>
internal static class HeaderText
{
    /// <summary>Visible ASCII and spaces, so that nothing can follow it on a line of its own.</summary>
    public static bool IsOneLine(string value) => value.All(c => c is >= ' ' and <= '~');
}
