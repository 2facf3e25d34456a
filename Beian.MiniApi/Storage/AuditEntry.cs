using System.Buffers.Binary;
using System.Text;

namespace Beian.MiniApi.Storage;

/// <summary>Words for what was done.</summary>
public static class AuditActs
{
    public const string Created = "created";

    public const string Changed = "changed";

    public const string Deleted = "deleted";

    /// <summary>Seen, masked or by its owner.</summary>
    public const string Viewed = "viewed";

    /// <summary>Seen in full by staff.</summary>
    public const string ViewedInFull = "viewedInFull";

    /// <summary>Staff asked to see somebody's data in full, with a reason.</summary>
    public const string FullViewGranted = "fullViewGranted";

    public const string Exported = "exported";

    /// <summary>Entries up to a number were deleted because of their age.</summary>
    public const string Pruned = "pruned";
}

/// <summary>
/// One line of the audit trail: ids, codes and keyed digests, never what anything said.
/// </summary>
/// <param name="Seq">Number in the chain of its instance, from 1, without gaps.</param>
/// <param name="At">Real time, to the millisecond.</param>
/// <param name="Actor">Id of the user or member of staff; the name of a part of the program for <c>system</c>; <c>-</c> for nobody known.</param>
/// <param name="Role"><c>applicant</c>, <c>reviewer</c>, <c>admin</c>, <c>system</c> or <c>anonymous</c>.</param>
/// <param name="Act">One of <see cref="AuditActs"/>.</param>
/// <param name="Kind">Kind of the thing: the table it is kept in.</param>
/// <param name="Thing">Its id.</param>
/// <param name="Route">Operation of the API that did it; empty where none did.</param>
/// <param name="Owner">The account whose data it is; null where it is no account's.</param>
/// <param name="Reason">Digest of the reason that was given, or null where none is asked.</param>
/// <param name="Source">Digest of the caller's address; null where nobody called.</param>
/// <param name="Before">Digest of the row before; null when there was none, and for views.</param>
/// <param name="After">Digest of the row after; null when there is none, and for views.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, string Actor, string Role, string Act, string Kind, string Thing, string Route, string? Owner, byte[]? Reason, string? Source, byte[]? Before, byte[]? After)
{
    /// <summary>First byte of the canonical form; another form gets another number.</summary>
    private const byte FormVersion = 1;

    /// <summary>The bytes the chain is made over: every member with its length, so that no two entries have the same.</summary>
    internal byte[] Canonical()
    {
        using var bytes = new MemoryStream(256);
        bytes.WriteByte(FormVersion);
        Put(bytes, Seq);
        Put(bytes, At.ToUnixTimeMilliseconds());
        foreach (var text in (ReadOnlySpan<string?>)[Actor, Role, Act, Kind, Thing, Route, Owner, Source])
        {
            Put(bytes, text is null ? null : Encoding.UTF8.GetBytes(text));
        }

        Put(bytes, Reason);
        Put(bytes, Before);
        Put(bytes, After);
        return bytes.ToArray();
    }

    private static void Put(MemoryStream bytes, long value)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, value);
        bytes.Write(number);
    }

    private static void Put(MemoryStream bytes, byte[]? value)
    {
        Put(bytes, value?.Length ?? -1L);
        bytes.Write(value);
    }
}

/// <summary>How far a chain has come at a moment, signed: kept elsewhere, it shows a trail that was cut off or made anew.</summary>
/// <param name="Kind"><c>head</c>, or <c>checkpoint</c> when everything up to it was deleted because of its age.</param>
/// <param name="Instance">Id of the chain.</param>
/// <param name="Seq">Its last entry.</param>
/// <param name="Mac">The keyed hash of that entry.</param>
/// <param name="Signature">Over all of it.</param>
public sealed record AuditHead(string Kind, string Instance, long Seq, DateTimeOffset At, byte[] Mac, byte[] Signature)
{
    public const string Head = "head";

    public const string Checkpoint = "checkpoint";
}
