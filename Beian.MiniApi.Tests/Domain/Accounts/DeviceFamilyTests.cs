using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Tests.Domain.Accounts;

public sealed class DeviceFamilyTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.54(0x18003632) NetType/WIFI Language/zh_CN", "WeChat on iOS")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; 2304 Build/UKQ1; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.54 MiniProgramEnv/android", "WeChat on Android")]
    [InlineData("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 Safari/537.36 ArkWeb/4.1 MicroMessenger/1.0", "WeChat on HarmonyOS")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 wechatdevtools/1.06 MicroMessenger/8.0.5", "WeChat developer tools on macOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605 Version/18 Safari/604", "Safari on iOS")]
    [InlineData("something of the Windows kind", "Windows")]
    [InlineData("curl/8.0 (secret-of-mine)", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Of_AUserAgent_IsAShortFamilyOfOurOwnWords(string? userAgent, string? family) => Assert.Equal(family, DeviceFamily.Of(userAgent));

    [Fact]
    public void Of_AnEndlessText_LooksAtItsBeginningOnly() => Assert.Null(DeviceFamily.Of(new string('x', 5_000) + "iPhone MicroMessenger"));
}
