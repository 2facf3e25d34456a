namespace Beian.MiniApi.Storage;

/// <summary>Keys under which a user's attempts are counted, so that whoever erases the user finds them.</summary>
public static class AttemptKeys
{
    /// <summary>Codes to join an account that led nowhere.</summary>
    public static string JoiningOf(string userId) => "join:" + userId;
}
