using System.Collections.Frozen;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads <c>common-passwords.json</c>.</summary>
internal static class CommonPasswordFile
{
    private const string Name = "common-passwords.json";

    /// <param name="folder">Where the built-in file lies.</param>
    /// <param name="overlay">Folder whose file of the same name replaces it; null for none.</param>
    /// <exception cref="InvalidDataException">The file cannot be used; the message names it.</exception>
    public static CommonPasswords Load(string folder, string? overlay)
    {
        var file = DataFile.Open(folder, overlay, Name) ?? throw new InvalidDataException($"{Path.Combine(folder, Name)} is missing.");
        var items = file.Read<IReadOnlyList<string>>(file.Member("items"), "items");
        for (var i = 0; i < items.Count; i++)
        {
            file.MustSay(items[i], $"items[{i}]", "text");
        }

        return new CommonPasswords(items.Select(i => PasswordText.Normalise(i).ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal));
    }
}
