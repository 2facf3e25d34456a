using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>Published and computed vectors of what is made with a session key.</summary>
public sealed class UserDataTests
{
    private const string OurApp = "wx0123456789abcdef";
    private const string PhoneKey = "MDEyMzQ1Njc4OWFiY2RlZg==";
    private const string PhoneIv = "ZmVkY2JhOTg3NjU0MzIxMA==";
    private const string Phone = "/zKksLWsmvxbw65eoGVnlJgByfhVA3B7OucVR9YfnROXMeht7O4jvVTLC1qQtIadUy968xbYGyl5DVVqCqfSa/eI3sT08QkpS/hFcLxHLqPVRUBMYmEZWI8/yOPwMCIkolGDmA9OmSgViCAU1BTNLCleDVujVw6CJm/Kqfrm+y11Zw60b8+VQr2F85d6BQJ8I/e4rEwOZIzCvnO7ShtmWQ==";
    private const string Foreign = "/zKksLWsmvxbw65eoGVnlNRMd+lhw2csZsKJdQxaGMfC69sPnNL1Y983rmjwhh6qKQz1NIorwMnf5ppjq0s2ovB+ZhB/lw/o/pcho5fAiqLNiYBQ98P03KsxiQNqB1I6b4drPYQhJo7jYM5BMfPVMncy69c13SsiUijnEVNYrwIetcLjWm6erPT/EppVztxGHEu+lPB3MytZ4wRt6AIHaA==";
    private const string Official = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";

    private static readonly DateTimeOffset PhoneAt = DateTimeOffset.FromUnixTimeSeconds(1790000000);

    [Theory]
    [InlineData("o0q0otL8aEzpcZL/FT9WsQ==", "{\"foo\":\"bar\"}", "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b")]
    [InlineData("o0q0otL8aEzpcZL/FT9WsQ==", "", "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128")]
    [InlineData("tiihtNczf5v6AKRyjwEUhQ==", "", "7154f9f8b4b76b92f541cbf0e37d48840fa06e5e42da92a6f80168a1516a4735")]
    public void OfSession_Vectors_AreSignedWithTheKeyAsText(string sessionKey, string message, string signature) =>
        Assert.Equal(signature, WeChatSignatures.OfSession(sessionKey, message));

    [Fact]
    public void CoversRawData_OfficialVector_AndNothingElse()
    {
        const string raw = """{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}""";

        Assert.True(WeChatSignatures.CoversRawData(raw, "HyVFkGl5F5OQWJZZaNzBBg==", "75e81ceda165f4ffa64f4068af58c64b8f54b88c"));
        Assert.False(WeChatSignatures.CoversRawData(raw + " ", "HyVFkGl5F5OQWJZZaNzBBg==", "75e81ceda165f4ffa64f4068af58c64b8f54b88c"));
        Assert.False(WeChatSignatures.CoversRawData(raw, "HyVFkGl5F5OQWJZZaNzBBg==", string.Empty));
    }

    [Theory]
    [InlineData("张三", "310101199801011234", "3c241f7ff324977aeb91f173bb2a7b06569e6fd784d5573db34a636d8671108b")]
    [InlineData("欧阳·测试", "00000019000101000X", "e1f7811aa50f0649bda2ae5ec64710692de29f40b75c5bd54cdb68ef5275fcc1")]
    public void OfCertificate_Vectors_AreTheirDigests(string name, string number, string digest) =>
        Assert.Equal(digest, WeChatSignatures.OfCertificate("IDENTITY_CARD", name, number));

    [Fact]
    public void Open_OfficialVector_IsTheUser()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1477314187);

        var opened = WeChatUserData.Open("tiihtNczf5v6AKRyjwEUhQ==", "r7BXXKkLb8qrSNn05n0qiA==", Official, "wx4f4bc4dec97d474b", at.AddMinutes(4), TimeSpan.FromMinutes(5)).Value;

        Assert.Equal(("oGZUI0egBJY1zhBYw2KhdUfwVJJE", "ocMvos6NjeKLIBqg5Mr9QjxrP1FA", at), (opened.Json.GetProperty("openId").GetString(), opened.Json.GetProperty("unionId").GetString(), opened.At));
        Assert.Equal(nameof(WeChatUserData), opened.ToString());
    }

    [Fact]
    public void Open_Phone_IsTheNumber() =>
        Assert.Equal("13800138000", WeChatUserData.Open(PhoneKey, PhoneIv, Phone, OurApp, PhoneAt, TimeSpan.FromMinutes(5)).Value.Json.GetProperty("purePhoneNumber").GetString());

    /// <summary>Another Mini Program's, another key's, spoilt, and what is no such data at all.</summary>
    [Theory]
    [InlineData(PhoneKey, PhoneIv, Foreign)]
    [InlineData("YWFhYWFhYWFhYWFhYWFhYQ==", PhoneIv, Phone)]
    [InlineData(PhoneKey, "AAAA", Phone)]
    [InlineData("AAAA", PhoneIv, Phone)]
    [InlineData(PhoneKey, PhoneIv, "")]
    [InlineData(PhoneKey, PhoneIv, "not base64")]
    [InlineData(PhoneKey, PhoneIv, "AAAA")]
    [InlineData(PhoneKey, "AAAAAAAAAAAAAAAAAAAAAA==", Phone)]
    public void Open_NotGenuine_IsRefused(string sessionKey, string iv, string data) =>
        Assert.Equal("wechat.dataUnknown", WeChatUserData.Open(sessionKey, iv, data, OurApp, PhoneAt, TimeSpan.FromMinutes(5)).Error?.Code);

    [Theory]
    [InlineData(301)]
    [InlineData(-61)]
    public void Open_TooOldOrFromTheFuture_IsRefused(int secondsLater) =>
        Assert.Equal("wechat.dataUnknown", WeChatUserData.Open(PhoneKey, PhoneIv, Phone, OurApp, PhoneAt.AddSeconds(secondsLater), TimeSpan.FromMinutes(5)).Error?.Code);
}
