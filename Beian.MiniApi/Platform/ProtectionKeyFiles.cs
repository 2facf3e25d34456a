using Beian.MiniApi.Storage;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Platform;

/// <summary>One file a key in the keys folder. A file in the clear, of an older version, is wrapped when it is found.</summary>
internal sealed class ProtectionKeyFiles(string folder, Func<KeyRing> ring) : IProtectionKeys
{
    private const string Extension = ".wrapped";

    public IReadOnlyList<(string Name, byte[] Wrapped)> List()
    {
        LocalKeys.CreateFolder(folder);
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml").ToArray())
        {
            var name = Path.GetFileNameWithoutExtension(file);
            Put(name, ring().Wrap(WrappedXmlRepository.PurposeOf(name), File.ReadAllBytes(file)));
            File.Delete(file);
        }

        return [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(f => (Path.GetFileNameWithoutExtension(f), File.ReadAllBytes(f)))];
    }

    public void Put(string name, byte[] wrapped)
    {
        LocalKeys.CreateFolder(folder);
        var path = Path.Combine(folder, name + Extension);
        var temporary = path + ".tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, LocalKeys.NewFile()))
        {
            file.Write(wrapped);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
