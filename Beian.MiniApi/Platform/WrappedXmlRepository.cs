using System.Text;
using System.Xml.Linq;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Vault;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Beian.MiniApi.Platform;

/// <summary>
/// The keys of the framework's data protection, wrapped by the key ring. Nothing that is stored is written by them any more; they open what an older version wrote, and seal what
/// the console's pages carry. One that is wrapped by another key than the active one is written anew when it is read.
/// </summary>
internal sealed class WrappedXmlRepository(IProtectionKeys keys, Func<KeyRing> ring) : IXmlRepository
{
    private readonly Lock _gate = new();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_gate)
        {
            return [.. keys.List().OrderBy(k => k.Name, StringComparer.Ordinal).Select(k => Read(k.Name, k.Wrapped))];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_gate)
        {
            Write(friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        }
    }

    internal static string PurposeOf(string name) => "data protection " + name;

    private XElement Read(string name, byte[] wrapped)
    {
        var xml = ring().Unwrap(PurposeOf(name), wrapped);
        if (KeyRing.IdOf(wrapped) != ring().ActiveId)
        {
            Write(name, xml);
        }

        using var stream = new MemoryStream(xml);
        return XElement.Load(stream);
    }

    private void Write(string name, byte[] xml) => keys.Put(name, ring().Wrap(PurposeOf(name), xml));
}
