using System.Collections.Frozen;
using System.Security.Cryptography;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Style and script of the console, out of the program itself, at addresses that change with their contents.</summary>
public static class ConsoleAssets
{
    private const string Folder = "Beian.MiniApi.ReviewConsole.Assets.";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Hash, string Type)> All = Read();

    public static readonly string Style = AddressOf("console.css");

    public static readonly string Script = AddressOf("console.js");

    /// <param name="hash">Of the contents; with another one there is nothing.</param>
    /// <param name="name">File name.</param>
    /// <param name="http">The request.</param>
    public static IResult Get(string hash, string name, HttpContext http)
    {
        if (!All.TryGetValue(name, out var asset) || asset.Hash != hash)
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Bytes, asset.Type);
    }

    private static string AddressOf(string name) => $"{ConsoleCookies.Root}/assets/{All[name].Hash}/{name}";

    private static FrozenDictionary<string, (byte[] Bytes, string Hash, string Type)> Read()
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        var all = new Dictionary<string, (byte[], string, string)>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var type = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
            all.Add(name[Folder.Length..], (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], type));
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
