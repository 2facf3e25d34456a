using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>How often each endpoint may be called, as documented, and what it answers beyond that. Days are those of Asia/Shanghai.</summary>
internal sealed class SandboxQuotas(TimeProvider time)
{
    private static readonly Limit[] Limits =
    [
        new("cv/ocr/idcard", Window.Day, 100, 101003),
        new("cv/ocr/bizlicense", Window.Day, 100, 101003),
        new("cgi-bin/message/subscribe/send", Window.Day, 10_000_000, 45009),
        new("wxa/msg_sec_check", Window.Minute, 4_000, 44991),
        new("wxa/msg_sec_check", Window.Day, 2_000_000, 45009),
        new("wxa/media_check_async", Window.Minute, 2_000, 44991),
        new("wxa/media_check_async", Window.Day, 200_000, 45009),
        new("wxa/getwxacodeunlimit", Window.Minute, 5_000, 45009),
        new("wxa/generate_urllink", Window.Second, 100, 44990),
        new("wxa/generate_urllink", Window.Day, 500_000, 44993),
        new("wxa/resetusersessionkey", Window.Minute, 60_000, 45011),
    ];

    private readonly Lock _gate = new();
    private readonly Dictionary<Limit, (long Window, int Used)> _used = [];

    private enum Window
    {
        Second = 1,
        Minute = 2,
        Day = 3,
    }

    /// <summary>Counts a call; the refusal when there are none left, or null.</summary>
    public SandboxWeChatReply? Take(string path)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var limit in Limits.Where(l => l.Path == path))
            {
                var window = NumberOf(limit.Window, now);
                var used = _used.TryGetValue(limit, out var last) && last.Window == window ? last.Used : 0;
                if (used >= limit.Calls)
                {
                    return SandboxWeChatReply.Refusal(limit.Errcode);
                }

                _used[limit] = (window, used + 1);
            }

            return null;
        }
    }

    private static long NumberOf(Window window, DateTimeOffset now) => window switch
    {
        Window.Second => now.ToUnixTimeSeconds(),
        Window.Minute => now.ToUnixTimeSeconds() / 60,
        _ => ChinaTime.DateOf(now).DayNumber,
    };

    private sealed record Limit(string Path, Window Window, int Calls, int Errcode);
}
