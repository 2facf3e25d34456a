using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Storage;

/// <summary>Refusals that come from where things are kept.</summary>
public static class StorageErrors
{
    /// <summary>How long to wait for a disk or an object store that did not do it, 5 s.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    public static DomainError Full() => new("storage.full", ErrorKind.NoRoom);

    public static DomainError Unavailable() => new("storage.unavailable", ErrorKind.Unavailable) { RetryAfter = ShortWait };
}

/// <summary>There is no room left to keep something; nothing of it was kept. Answered with 507.</summary>
public sealed class StorageFullException : Exception
{
    private const int NoSpaceOnDevice = 28;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public StorageFullException()
        : base("There is no room left on the disk.")
    {
    }

    public StorageFullException(string message)
        : base(message)
    {
    }

    public StorageFullException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when the file system said that it is full, or over the quota of this user.</summary>
    public static bool Means(IOException e) =>
        e.HResult is WindowsHandleDiskFull or WindowsDiskFull || (!OperatingSystem.IsWindows() && e.HResult is NoSpaceOnDevice or 122 or 69);
}

/// <summary>The disk or the object store refused for another reason than room, or did not answer in time. Answered with 503.</summary>
public sealed class StorageFailedException : Exception
{
    public StorageFailedException()
        : base("The disk did not take it.")
    {
    }

    public StorageFailedException(string message)
        : base(message)
    {
    }

    public StorageFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
