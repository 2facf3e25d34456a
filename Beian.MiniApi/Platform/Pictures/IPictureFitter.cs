using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Makes pictures smaller for readers that do not take large ones. What is kept is always the original.</summary>
public interface IPictureFitter
{
    /// <summary>A JPEG of the same picture, upright and without anything but pixels in it.</summary>
    /// <param name="open">Opens the picture from its start; may be called more than once.</param>
    /// <param name="media">Its type by its first bytes: JPEG or PNG, nothing else is tried.</param>
    /// <param name="maxBytes">The copy is smaller than this.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Null when no copy could be made, for whatever reason; the reason is logged.</returns>
    Task<byte[]?> FitAsync(Func<Stream> open, MediaType media, int maxBytes, CancellationToken cancellationToken);
}
