using System.Text;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>A WeChat that logs users in and lists the templates, and hangs up on every message without an answer.</summary>
internal sealed class SilentSend : IAsyncDisposable
{
    private readonly WireRecorder _wire;
    private int _sends;

    public SilentSend() => _wire = new WireRecorder((_, request) => Task.FromResult(Answer(request)));

    public string Address => _wire.Address;

    /// <summary>Messages that were tried.</summary>
    public int Sends => _sends;

    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    private byte[]? Answer(string request)
    {
        if (WireRecorder.IsTokenCall(request))
        {
            return Json("""{"access_token":"TOKEN","expires_in":7200}""");
        }

        if (request.StartsWith("GET /sns/jscode2session?", StringComparison.Ordinal))
        {
            var name = request.Split("js_code=sandbox-")[1].Split('-', '&')[0];
            return Json($$"""{"openid":"{{SandboxLogins.OpenId("wx-of-the-tests", name)}}","session_key":"bWFkZSB1cCBrZXkgMTIzNA=="}""");
        }

        if (request.StartsWith("GET /wxaapi/newtmpl/gettemplate", StringComparison.Ordinal))
        {
            return Json($$$"""{"errcode":0,"data":[{"priTmplId":"{{{MessageRig.Progress}}}","title":"","content":"{{thing1.DATA}}{{phrase2.DATA}}{{time3.DATA}}{{character_string4.DATA}}{{thing5.DATA}}","type":2}]}""");
        }

        if (request.StartsWith("POST /wxa/msg_sec_check", StringComparison.Ordinal))
        {
            return Json("""{"errcode":0,"result":{"suggest":"pass","label":100},"trace_id":"60ae120f-371d5872-7941a05b"}""");
        }

        Interlocked.Increment(ref _sends);
        return null;
    }

    private static byte[] Json(string body) => Encoding.UTF8.GetBytes(WireRecorder.Http(body));
}
