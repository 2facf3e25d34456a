using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Storage.Moving;

/// <summary>
/// How many rows a table has, and a digest of them: the sum of the SHA-256 of each row, so that the order does not matter in which an engine reads them, and no row need be remembered. Against accidents,
/// not against whoever can write into both engines.
/// </summary>
internal sealed class RowSum
{
    private const int Words = 4;

    private readonly ulong[] _sum = new ulong[Words];

    public long Count { get; private set; }

    /// <summary>64 hexadecimal digits.</summary>
    public string Digest => string.Concat(_sum.Reverse().Select(w => w.ToString("x16", CultureInfo.InvariantCulture)));

    public void Add(MovedTable table, object?[] row)
    {
        var hash = Hash(table, row);
        Count++;
        Add([.. Enumerable.Range(0, Words).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(i * 8)))]);
    }

    public void Add(RowSum other)
    {
        Count += other.Count;
        Add(other._sum);
    }

    public bool IsSame(RowSum other) => Count == other.Count && _sum.AsSpan().SequenceEqual(other._sum);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Digest}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RowSum Parse(string text)
    {
        var (space, sum) = (text.IndexOf(' ', StringComparison.Ordinal), new RowSum());
        sum.Count = long.Parse(text.AsSpan(0, space), CultureInfo.InvariantCulture);
        for (var i = 0; i < Words; i++)
        {
            sum._sum[Words - 1 - i] = ulong.Parse(text.AsSpan(space + 1 + (i * 16), 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return sum;
    }

    /// <summary>The row in one form for all engines: the table, then each value with its type and length.</summary>
    private static byte[] Hash(MovedTable table, object?[] row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, 't', Encoding.UTF8.GetBytes(table.Name));
        foreach (var value in row)
        {
            var (type, bytes) = value switch
            {
                byte[] blob => ('b', blob),
                string text => ('t', Encoding.UTF8.GetBytes(text)),
                long number => ('i', BitConverter.GetBytes(number)),
                double real => ('r', BitConverter.GetBytes(real)),
                null => ('n', []),
                _ => throw new ArgumentException($"A row of {table.Name} holds a {value.GetType().Name}.", nameof(row)),
            };
            Append(hash, type, bytes);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, char type, byte[] bytes)
    {
        hash.AppendData([(byte)type, .. BitConverter.GetBytes(bytes.Length)]);
        hash.AppendData(bytes);
    }

    private void Add(ReadOnlySpan<ulong> words)
    {
        var carry = 0UL;
        for (var i = 0; i < Words; i++)
        {
            var sum = (UInt128)_sum[i] + words[i] + carry;
            (_sum[i], carry) = ((ulong)sum, (ulong)(sum >> 64));
        }
    }
}
