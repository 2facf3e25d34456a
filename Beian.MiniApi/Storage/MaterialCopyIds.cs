namespace Beian.MiniApi.Storage;

/// <summary>
/// Under which ids the copies of a picture are kept: the picture's own with another letter where a version 7 UUID has its 7. So a copy is found without
/// being written down anywhere, and goes with its picture.
/// </summary>
public static class MaterialCopyIds
{
    private const int At = 12;
    private const char Own = '7';
    private const char AuthorityLetter = 'a';
    private const char WorkingLetter = 'b';

    public static string AuthorityOf(string materialId) => With(materialId, AuthorityLetter);

    public static string WorkingOf(string materialId) => With(materialId, WorkingLetter);

    /// <summary>The picture that a copy is of; any other id is its own.</summary>
    public static string PictureOf(string id) => id.Length == 32 && id[At] is AuthorityLetter or WorkingLetter ? With(id, Own) : id;

    /// <summary>False for ids that are not of <see cref="IMaterialStore.NewId"/>.</summary>
    public static bool HasCopies(string id) => id.Length == 32 && id[At] == Own;

    private static string With(string id, char letter) => HasCopies(id) || letter == Own ? string.Concat(id.AsSpan(0, At), [letter], id.AsSpan(At + 1)) : throw new ArgumentException("Not the id of a picture.", nameof(id));
}
