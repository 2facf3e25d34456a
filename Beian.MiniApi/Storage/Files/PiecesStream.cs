using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Files;

/// <summary>Reads what has arrived in pieces, in the clear, from its start; holds one piece in memory, and gives nothing away that was not authenticated.</summary>
internal sealed class PiecesStream(FileStream file, byte[] key) : Stream
{
    private long _end = SealedContent.HeaderBytes;
    private long _opened;
    private ReadOnlyMemory<byte> _piece;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How many bytes have arrived, and where the file of them ends; behind that is what a stop left of a piece, if anything.</summary>
    public static (long Arrived, long End) Ends(FileStream file)
    {
        var (arrived, end, length) = (0L, (long)SealedContent.HeaderBytes, file.Length);
        while (LengthAt(file, end, length) is > 0 and var piece)
        {
            arrived += piece;
            end += SealedPiece.Overhead + piece;
        }

        return (arrived, end);
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">What comes next was altered.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_piece.IsEmpty)
        {
            _piece = Next();
        }

        var count = Math.Min(buffer.Length, _piece.Length);
        _piece.Span[..count].CopyTo(buffer);
        _piece = _piece[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    /// <summary>Opens every piece once, and begins anew.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One was altered.</exception>
    public void Verify()
    {
        while (!Next().IsEmpty)
        {
        }

        (_end, _opened) = (SealedContent.HeaderBytes, 0);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Length of the piece there in the clear; 0 where none is that is there as a whole.</summary>
    private static int LengthAt(FileStream file, long place, long length)
    {
        Span<byte> beginning = stackalloc byte[SealedPiece.LengthBytes];
        return RandomAccess.Read(file.SafeFileHandle, beginning, place) == beginning.Length && SealedPiece.LengthOf(beginning) is var piece && place + SealedPiece.Overhead + piece <= length ? piece : 0;
    }

    private ReadOnlyMemory<byte> Next()
    {
        if (LengthAt(file, _end, file.Length) is not (> 0 and var length))
        {
            return default;
        }

        var piece = new byte[SealedPiece.Overhead + length];
        file.Position = _end;
        file.ReadExactly(piece);
        var plain = SealedPiece.Open(key, _opened, piece);
        (_end, _opened) = (_end + piece.Length, _opened + length);
        return plain;
    }
}
