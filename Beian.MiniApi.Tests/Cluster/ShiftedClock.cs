#if CLUSTER
using System.Diagnostics;

namespace Beian.MiniApi.Tests.Cluster;

/// <summary>
/// A library that shifts the real-time clock of the program it is loaded into, and leaves the one that waits are measured by alone. Made by the C compiler of this machine: faketime's shifts the waits as well.
/// </summary>
internal static class ShiftedClock
{
    /// <summary>With @ for #: where this file is left out, a line that begins with # would be read all the same.</summary>
    private const string Source = """
        @define _GNU_SOURCE
        @include <dlfcn.h>
        @include <stdlib.h>
        @include <time.h>
        static long shift(void) { const char *s = getenv("SHIFT_SECONDS"); return s ? atol(s) : 0; }
        int clock_gettime(clockid_t clock, struct timespec *t) {
            static int (*real)(clockid_t, struct timespec *);
            if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
            int result = real(clock, t);
            if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) t->tv_sec += shift();
            return result;
        }
        """;

    /// <summary>Settings of a program whose clock is that far ahead.</summary>
    public static async Task<(string Key, string Value)[]> AheadByAsync(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("beian-clock-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "clock.c"), Source.Replace('@', '#'));
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O2", "-o", Path.Combine(folder, "clock.so"), Path.Combine(folder, "clock.c"), "-ldl"]);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
        return [("LD_PRELOAD", Path.Combine(folder, "clock.so")), ("SHIFT_SECONDS", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }
}
#endif
