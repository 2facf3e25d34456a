using System.Security.Cryptography;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Tests.Vault;

public sealed class KeyRingTests
{
    private static readonly string Good = ARing.KeyOf("a");

    public static TheoryData<string?, (string?, string?)[], string> Bad => new()
    {
        { null, [], "there is no key" },
        { "a", [], "there is no key" },
        { null, [("a", Good)], "the active key is not named" },
        { "b", [("a", Good)], "is none of the keys" },
        { "a", [("a", Good), ("a", ARing.KeyOf("b"))], "'a' is there twice" },
        { "a", [("a", "c2hvcnQ=")], "'a' is not base64 of exactly 32 bytes" },
        { "a", [("a", Convert.ToBase64String(new byte[33]))], "'a' is not base64 of exactly 32 bytes" },
        { "a", [("a", "not base64 at all, whatever it is like")], "'a' is not base64" },
        { "a", [("a", Good), ("", Good)], "has no id" },
        { "a", [("a", Good), ("b c", Good)], "has no id" },
        { "a", [("a", Good), (new string('b', 65), Good)], "has no id" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Ring_ThatIsNone_IsRefusedWithItsReasonAndWithoutItsKeys(string? active, (string?, string?)[] entries, string reason)
    {
        var thrown = Assert.Throws<InvalidDataException>(() => RingKeys.Of("here", active, entries));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.All(entries, e => Assert.True(string.IsNullOrEmpty(e.Item2) || !thrown.Message.Contains(e.Item2, StringComparison.Ordinal)));
    }

    [Fact]
    public void Unwrap_AfterTheActiveKeyChanged_StillOpensWhatTheOldOneWrapped()
    {
        var ring = ARing.New("old");
        var secret = RandomNumberGenerator.GetBytes(32);
        var wrapped = ring.Wrap("data key 1", secret);

        ring.Replace(ARing.Keys("new", "old", "new"));

        Assert.Equal(secret, ring.Unwrap("data key 1", wrapped));
        Assert.Equal(("old", "new"), (KeyRing.IdOf(wrapped), KeyRing.IdOf(ring.Wrap("data key 1", secret))));
        Assert.Throws<InvalidDataException>(() => ARing.New("new").Unwrap("data key 1", wrapped));
    }

    [Fact]
    public void Unwrap_OfAnythingAltered_Fails()
    {
        var ring = ARing.New();
        var wrapped = ring.Wrap("data key 1", new byte[32]);

        Assert.ThrowsAny<CryptographicException>(() => ring.Unwrap("data key 2", wrapped));
        for (var i = 0; i < wrapped.Length; i++)
        {
            var altered = wrapped.ToArray();
            altered[i] ^= 1;
            Assert.True(Record.Exception(() => ring.Unwrap("data key 1", altered)) is CryptographicException or InvalidDataException, $"byte {i}");
            Assert.True(Record.Exception(() => ring.Unwrap("data key 1", wrapped.AsSpan(0, i))) is CryptographicException or InvalidDataException, $"{i} bytes");
        }
    }

    [Fact]
    public void Replace_LackingAKeyThatIsNeeded_KeepsTheRingOfBefore()
    {
        var ring = ARing.New("old");
        ring.Needed = () => ["old"];

        var thrown = Assert.Throws<InvalidDataException>(() => ring.Replace(ARing.Keys("new", "new")));

        Assert.Contains("'old'", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("old", ring.ActiveId);
    }
}
