using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.House;

/// <summary>
/// WeChat would fetch a picture that it is asked to judge from a public address. Identity papers have none, and shall never have one: nothing of the
/// product asks it to.
/// </summary>
public sealed class MediaCheckTests
{
    [Fact]
    public void CheckMedia_OfTheClient_IsCalledByNobody()
    {
        static string[] Callers(string member) =>
            [.. TheAssembly.Uses().Where(u => u.To.FullName == typeof(IWeChatClient).FullName && u.Member == member).Select(u => u.From.FullName).Distinct()];

        Assert.NotEmpty(Callers(nameof(IWeChatClient.CheckTextAsync)));
        Assert.Empty(Callers(nameof(IWeChatClient.CheckMediaAsync)));
    }
}
