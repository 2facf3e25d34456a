namespace Beian.MiniApi.Storage;

/// <summary>Where the keys of the framework's data protection lie, which seals what the console's pages carry: wrapped, by name. All instances see the same ones.</summary>
public interface IProtectionKeys
{
    IReadOnlyList<(string Name, byte[] Wrapped)> List();

    /// <summary>Adds or replaces one; durable when this returns.</summary>
    void Put(string name, byte[] wrapped);
}
