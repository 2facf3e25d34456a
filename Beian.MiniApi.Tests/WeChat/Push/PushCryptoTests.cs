using System.Text;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>Every vector through signature and cipher, those of the sandbox included.</summary>
public sealed class PushCryptoTests
{
    [Fact]
    public void Sign_OfEveryVector_IsAsPrinted()
    {
        Assert.Equal((5, 11, 5), (PushVectors.Plain.Count, PushVectors.Encrypted.Count, PushVectors.Negative.Count));
        Assert.All(PushVectors.Plain.Concat(PushVectors.Encrypted), v => Assert.Equal(v.Signature, PushSignature.Of(v.Token, v.Timestamp, v.Nonce)));
        Assert.All(PushVectors.Encrypted, v => Assert.Equal(v.MsgSignature, PushSignature.Of(v.Token, v.Timestamp, v.Nonce, v.Encrypt)));
        Assert.All(PushVectors.Encrypted, v => Assert.Equal(v.MsgSignature, SandboxPushCrypto.Sign(v.Token, v.Timestamp, v.Nonce, v.Encrypt)));
    }

    [Fact]
    public void Open_OfEveryVector_GivesMessageAndAppId() => Assert.All(PushVectors.Encrypted, v =>
    {
        var opened = PushCipher.Open(KeyOf(v), v.Encrypt)!;

        Assert.Equal((v.Plaintext, v.Appid), (Encoding.UTF8.GetString(opened.Message), Encoding.UTF8.GetString(opened.AppId)));
        Assert.Equal(v.PlaintextUtf8Bytes, opened.Message.Length);
    });

    [Fact]
    public void Encrypt_OfEveryVectorBySandbox_IsAsPrinted()
    {
        Assert.Superset(new HashSet<int> { 1, 16, 17, 32 }, PushVectors.Encrypted.Select(v => v.PadByte).ToHashSet());
        Assert.All(PushVectors.Encrypted, v => Assert.Equal(v.Encrypt, SandboxPushCrypto.Encrypt(v.EncodingAesKey, v.Appid, v.Plaintext, Encoding.ASCII.GetBytes(v.Random))));
    }

    [Theory]
    [InlineData("push-neg-bad-msg-signature", false)]
    [InlineData("push-neg-tampered-ciphertext", false)]
    [InlineData("push-neg-plain-signature-used", false)]
    [InlineData("push-neg-wrong-appid-inside", true)]
    [InlineData("push-neg-length-overrun", true)]
    public void Matches_OfNegativeVectors_IsTrueOnlyWhereTheFaultIsInside(string id, bool signed)
    {
        var v = PushVectors.Of(id);

        Assert.Equal(signed, PushSignature.Matches(v.MsgSignature, [v.Token], v.Timestamp, v.Nonce, v.Encrypt));
    }

    [Fact]
    public void Open_LengthBeyondTheBuffer_IsNothing() => Assert.Null(PushCipher.Open(KeyOf(PushVectors.Of("push-neg-length-overrun")), PushVectors.Of("push-neg-length-overrun").Encrypt));

    [Fact]
    public void Open_WrongAppIdInside_TellsIt() =>
        Assert.Equal("wxffffffffffffffff", Encoding.ASCII.GetString(PushCipher.Open(KeyOf(PushVectors.Of("push-neg-wrong-appid-inside")), PushVectors.Of("push-neg-wrong-appid-inside").Encrypt)!.AppId));

    [Fact]
    public void Open_AnyDamage_IsNothingOrAnotherTextButNeverAnException()
    {
        var v = PushVectors.Of("push-aes-computed-pad-17");
        var bytes = Convert.FromBase64String(v.Encrypt);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x55;
            PushCipher.Open(KeyOf(v), Convert.ToBase64String(damaged));
            Assert.True(i % 16 == 0 || PushCipher.Open(KeyOf(v), Convert.ToBase64String(bytes[..i])) is null);
        }

        // 17 bytes of padding of value 17: one of another value is none.
        Assert.Null(PushCipher.Open(KeyOf(v), EncryptRaw(v, [.. new byte[20], 1, .. Enumerable.Repeat((byte)11, 10), 10])));
        Assert.All(new[] { "", "!!!", "AAAA", v.Encrypt[..^1], v.Encrypt + "=" }, text => Assert.Null(PushCipher.Open(KeyOf(v), text)));
        Assert.All(new byte[] { 0, 33, 255 }, last => Assert.Null(PushCipher.Open(KeyOf(v), EncryptRaw(v, [.. Enumerable.Repeat(last, 64)]))));
        Assert.Null(PushCipher.Open(KeyOf(v), EncryptRaw(v, [.. Enumerable.Repeat((byte)32, 32)])));
    }

    [Theory]
    [InlineData("b", "a", "c")]
    [InlineData("Z", "a", "9")]
    [InlineData("é", "z", "A")]
    public void Sign_PartsInAnyOrder_IsTheSame(string a, string b, string c) => Assert.Equal(PushSignature.Of(a, b, c), PushSignature.Of(c, a, b));

    [Fact]
    public void Matches_WithSeveralTokens_IsTrueForAnyAndFalseForNoneOrNothing()
    {
        var v = PushVectors.Plain[0];

        Assert.True(PushSignature.Matches(v.Signature, ["other", v.Token], v.Timestamp, v.Nonce));
        Assert.True(PushSignature.Matches(v.Signature, [v.Token, "other"], v.Timestamp, v.Nonce));
        Assert.All(new[] { null, "", v.Signature[..^1], v.Signature + "0", v.Signature.ToUpperInvariant() }, s => Assert.False(PushSignature.Matches(s, [v.Token], v.Timestamp, v.Nonce)));
        Assert.False(PushSignature.Matches(v.Signature, [], v.Timestamp, v.Nonce));
    }

    private static byte[] KeyOf(PushVector v) => new WeChatPushOptions { EncodingAesKey = v.EncodingAesKey }.Keys()[0];

    private static string EncryptRaw(PushVector v, byte[] padded)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = KeyOf(v);
        return Convert.ToBase64String(aes.EncryptCbc(padded, aes.Key.AsSpan(0, 16), System.Security.Cryptography.PaddingMode.None));
    }
}
