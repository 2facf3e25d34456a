namespace Beian.MiniApi.Storage;

/// <summary>A few values the program remembers about itself, such as the sandbox clock.</summary>
public interface ISettingStore
{
    /// <summary>The value, or null. Synchronous: read once, at start.</summary>
    string? Find(string name);

    Task SaveAsync(string name, string value, CancellationToken cancellationToken);
}
