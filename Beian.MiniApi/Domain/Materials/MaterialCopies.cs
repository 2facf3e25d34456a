namespace Beian.MiniApi.Domain.Materials;

/// <summary>Whether a scanner has looked for malware in a file.</summary>
public enum MaterialScan
{
    /// <summary>Not yet; the filing waits for it.</summary>
    PendingScan = 1,
    Clean = 2,

    /// <summary>Something was found; the bytes are gone and the paper has to be uploaded anew.</summary>
    Infected = 3,
}

/// <summary>How far the copies of a picture are.</summary>
public enum CopyState
{
    Pending = 1,
    Ready = 2,

    /// <summary>They cannot be made: no program could read the picture, or it stays too large at the least quality.</summary>
    Failed = 3,
}

/// <summary>A picture made from another.</summary>
/// <param name="ContentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex digest of the bytes.</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
public sealed record MaterialCopy(string ContentType, long Size, string Sha256, int Width, int Height)
{
    /// <summary>Whether it bears the words that it is for filing only.</summary>
    public bool Watermarked { get; init; }
}

/// <summary>The copies of a picture. Their bytes lie in the material store under ids made from the picture's own.</summary>
/// <param name="State">How far they are, all together.</param>
public sealed record MaterialCopies(CopyState State)
{
    public static readonly MaterialCopies Pending = new(CopyState.Pending);

    /// <summary>The picture upright and with nothing but pixels in it, as large as it was; null before it is made.</summary>
    public MaterialCopy? Working { get; init; }

    /// <summary>What the authority gets: within its size; null before it is made.</summary>
    public MaterialCopy? Authority { get; init; }
}

/// <summary>What was measured in the pixels of a picture.</summary>
/// <param name="Brightness">Mean brightness in percent, 0 black to 100 white.</param>
/// <param name="Sharpness">How much neighbouring pixels differ at the sharpest tenth of places, in percent of the whole range.</param>
/// <param name="OpenEdges">How many of the four edges something runs across, as a paper does that is not wholly in the picture.</param>
public sealed record PictureLook(int Brightness, int Sharpness, int OpenEdges);
