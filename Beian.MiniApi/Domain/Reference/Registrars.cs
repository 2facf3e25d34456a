using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>What is known about a registrar.</summary>
/// <param name="Name">As registries write it.</param>
/// <param name="Aliases">Other spellings of the same company.</param>
/// <param name="IanaId">Number in IANA's list of registrars; null when it has none or it is not known.</param>
/// <param name="Approved">True when the ministry approved it as a domestic registrar, false when it is known not to have.</param>
public sealed record Registrar(string Name, IReadOnlyList<string> Aliases, string? IanaId, bool Approved);

/// <summary>The registrars an operator knows about.</summary>
/// <param name="Complete">True when every approved registrar is listed, so that an absent one is not approved; false when absence says nothing.</param>
/// <param name="Items">Empty means that nothing is known.</param>
public sealed record RegistrarList(bool Complete, IReadOnlyList<Registrar> Items)
{
    /// <summary>Whether the registrar is approved, or null when the list does not tell. Its IANA number decides before its name, because names vary.</summary>
    public bool? IsApproved(string? name, string? ianaId)
    {
        if (Items.Count == 0 || (name is null && ianaId is null))
        {
            return null;
        }

        var row = (ianaId is null ? null : Items.FirstOrDefault(r => r.IanaId == ianaId))
            ?? Items.FirstOrDefault(r => (ianaId is null || r.IanaId is null) && name is not null && r.Aliases.Prepend(r.Name).Any(n => Verification.HolderNames.Same(n, name)));
        return row?.Approved ?? (Complete ? false : null);
    }

}

/// <summary>Where registration facts are asked for, by top level in A-label form.</summary>
/// <param name="Rdap">Base addresses of RDAP services (RFC 9224).</param>
/// <param name="Whois">Hosts of WHOIS services (RFC 3912), for suffixes without RDAP.</param>
public sealed record RegistryServers(FrozenDictionary<string, IReadOnlyList<Uri>> Rdap, FrozenDictionary<string, string> Whois);
