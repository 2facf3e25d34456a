using System.Globalization;
using System.Security.Cryptography;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Made-up key rings.</summary>
internal static class ARing
{
    /// <summary>A ring with that one key.</summary>
    public static KeyRing New(string id = "test") => new(Keys(id, id));

    /// <summary>A sealer over a ring of its own, without data keys until a database gives it some.</summary>
    public static Sealer Sealer() => new(New());

    /// <summary>A sealer with those data keys, without a database.</summary>
    public static Sealer SealerWith(int keys)
    {
        var sealer = Sealer();
        sealer.Load([.. Enumerable.Range(1, keys).Select(n => Row(sealer, n))]);
        return sealer;
    }

    public static DataKeyRow Row(Sealer sealer, int id) => new(id, sealer.NewKey(id), DateTimeOffset.UnixEpoch, 0);

    /// <summary>A ring whose keys are the same for the same id, and named after it.</summary>
    public static RingKeys Keys(string active, params string[] ids) => RingKeys.Of("test", active, [.. ids.Select(id => ((string?)id, (string?)KeyOf(id)))]);

    public static string KeyOf(string id) => Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("made-up ring key " + id)));

    /// <summary>Settings of such a ring.</summary>
    public static (string Key, string Value)[] Settings(string active, params string[] ids) =>
    [
        ("Keys:Ring:Active", active),
        .. ids.SelectMany((id, i) => new[]
        {
            (string.Create(CultureInfo.InvariantCulture, $"Keys:Ring:Keys:{i}:Id"), id),
            (string.Create(CultureInfo.InvariantCulture, $"Keys:Ring:Keys:{i}:Key"), KeyOf(id)),
        }),
    ];

    /// <summary>The text of such a ring's file.</summary>
    public static string File(string active, params string[] ids) =>
        $$"""{ "active": "{{active}}", "keys": [{{string.Join(", ", ids.Select(id => $$"""{ "id": "{{id}}", "key": "{{KeyOf(id)}}" }"""))}}] }""";
}
