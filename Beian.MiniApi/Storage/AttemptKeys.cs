namespace Beian.MiniApi.Storage;

/// <summary>Keys under which a user's attempts are counted, so that whoever erases the user finds them.</summary>
public static class AttemptKeys
{
    /// <summary>Codes to join an account that led nowhere.</summary>
    public static string JoiningOf(string userId) => "join:" + userId;

    /// <summary>Exports.</summary>
    public static string ExportsOf(string userId) => "export:" + userId;

    /// <summary>Pictures that were read.</summary>
    public static string RecognitionsOf(string userId) => "ocr:" + userId;

    /// <summary>Codes of handed-over face checks that opened nothing.</summary>
    public static string HandoversOf(string userId) => "face-handover:" + userId;

    /// <summary>Everything that is counted of a user.</summary>
    public static IReadOnlyList<string> OfUser(string userId) => [JoiningOf(userId), ExportsOf(userId), RecognitionsOf(userId), HandoversOf(userId)];

    /// <summary>Erasures of one WeChat user. Outlives them, by <see cref="IAttemptStore.MaxWindow"/> at most: it counts the way around every other limit.</summary>
    /// <param name="openIdIndex">Blind index of the openid.</param>
    public static string ErasuresOf(string openIdIndex) => "erasure:" + openIdIndex;
}
