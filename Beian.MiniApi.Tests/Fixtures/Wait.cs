using System.Diagnostics;
using System.Globalization;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Waits for what comes to pass by itself.</summary>
internal static class Wait
{
    /// <param name="isSo">What has to become so.</param>
    /// <param name="within">Where that is what is tested; without it 30 seconds, more than a busy machine needs.</param>
    public static async Task UntilAsync(Func<Task<bool>> isSo, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        for (var watch = Stopwatch.StartNew(); !await isSo(); await Task.Delay(50))
        {
            if (watch.Elapsed > limit)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"It did not come to pass within {limit.TotalSeconds} seconds."));
            }
        }
    }
}
