using System.Buffers;
using System.Buffers.Binary;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Looks into a staged file as far as needed to know what it is and that it arrived whole. Decodes nothing.</summary>
internal static class MediaProbe
{
    /// <summary>Camera data in front of a picture can be long; past this it is no photograph.</summary>
    private const int MaxJpegHeaderBytes = 2 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;
    private const int MaxChunks = 100_000;

    public static Result<MediaFacts> Inspect(StagedMaterial staged, MediaType media)
    {
        using var file = staged.OpenRead();
        return media switch
        {
            MediaType.Jpeg => Jpeg(staged, file),
            MediaType.Png => Png(staged, file),
            _ => Mp4Probe.Inspect(file),
        };
    }

    private static Result<MediaFacts> Jpeg(StagedMaterial staged, Stream file)
    {
        var read = PictureHeaders.ReadJpeg(staged.Head.Span, out var header);
        if (read == HeaderRead.NeedsMore && staged.Size > staged.Head.Length)
        {
            read = ReadLongHeader(file, (int)Math.Min(staged.Size, MaxJpegHeaderBytes), out header);
        }

        if (header is null || read != HeaderRead.Found)
        {
            return read == HeaderRead.NeedsMore && staged.Size <= MaxJpegHeaderBytes ? MaterialErrors.CutOff() : MaterialErrors.Unreadable();
        }

        return HasEndMarker(file, header.DataAt) ? MediaFacts.Picture(MediaType.Jpeg, header.Width, header.Height) : MaterialErrors.CutOff();
    }

    private static HeaderRead ReadLongHeader(Stream file, int bytes, out PictureHeader? header)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            file.Position = 0;
            var read = file.ReadAtLeast(buffer.AsSpan(0, bytes), bytes, throwOnEndOfStream: false);
            return PictureHeaders.ReadJpeg(buffer.AsSpan(0, read), out header);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>
    /// The end marker somewhere after the first scan began. Inside a scan it cannot occur by chance, thumbnails with one of their own lie before it, and
    /// what phones append (a second picture, a short film) may follow it.
    /// </summary>
    private static bool HasEndMarker(Stream file, long from)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            file.Position = from;
            var kept = 0;
            int read;
            while ((read = file.Read(buffer, kept, BufferBytes - kept)) > 0)
            {
                var filled = kept + read;
                if (buffer.AsSpan(0, filled).IndexOf([(byte)0xFF, (byte)0xD9]) >= 0)
                {
                    return true;
                }

                buffer[0] = buffer[filled - 1];
                kept = 1;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Walks the chunks to the closing one; there must be picture data before it.</summary>
    private static Result<MediaFacts> Png(StagedMaterial staged, Stream file)
    {
        var read = PictureHeaders.ReadPng(staged.Head.Span, out var header);
        if (header is null || read != HeaderRead.Found)
        {
            return read == HeaderRead.NeedsMore ? MaterialErrors.CutOff() : MaterialErrors.Unreadable();
        }

        Span<byte> chunk = stackalloc byte[8];
        long at = header.DataAt;
        var hasData = false;
        for (var count = 0; count < MaxChunks; count++)
        {
            file.Position = at;
            if (file.ReadAtLeast(chunk, 8, throwOnEndOfStream: false) < 8)
            {
                return MaterialErrors.CutOff();
            }

            at += 12 + BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (at > staged.Size)
            {
                return MaterialErrors.CutOff();
            }

            hasData |= chunk[4..].SequenceEqual("IDAT"u8);
            if (chunk[4..].SequenceEqual("IEND"u8))
            {
                return hasData ? MediaFacts.Picture(MediaType.Png, header.Width, header.Height) : MaterialErrors.Unreadable();
            }
        }

        return MaterialErrors.Unreadable();
    }
}
