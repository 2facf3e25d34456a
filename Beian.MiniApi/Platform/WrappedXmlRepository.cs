using System.Text;
using System.Xml.Linq;
using Beian.MiniApi.Vault;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Beian.MiniApi.Platform;

/// <summary>
/// The keys of the framework's data protection as files of the keys folder, wrapped by the key ring. Nothing that is stored is written by them any more; they open what
/// an older version wrote. A file in the clear, and one that is wrapped by another key than the active one, is written anew when it is read.
/// </summary>
internal sealed class WrappedXmlRepository(string folder, Func<KeyRing> ring) : IXmlRepository
{
    private const string Extension = ".wrapped";

    private readonly Lock _gate = new();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate)
        {
            LocalKeys.CreateFolder(folder);
            WrapThoseInTheClear();
            return [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Read)];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_gate)
        {
            LocalKeys.CreateFolder(folder);
            Write(friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        }
    }

    private static string PurposeOf(string name) => "data protection " + name;

    private void WrapThoseInTheClear()
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml").ToArray())
        {
            Write(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file));
            File.Delete(file);
        }
    }

    private XElement Read(string file)
    {
        var (name, wrapped) = (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file));
        var xml = ring().Unwrap(PurposeOf(name), wrapped);
        if (KeyRing.IdOf(wrapped) != ring().ActiveId)
        {
            Write(name, xml);
        }

        using var stream = new MemoryStream(xml);
        return XElement.Load(stream);
    }

    private void Write(string name, byte[] xml)
    {
        var path = Path.Combine(folder, name + Extension);
        var temporary = path + ".tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, LocalKeys.NewFile()))
        {
            file.Write(ring().Wrap(PurposeOf(name), xml));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
