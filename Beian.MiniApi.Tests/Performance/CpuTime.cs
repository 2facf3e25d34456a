using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>What the current thread alone has cost: waiting for a busy machine is not counted where the system tells the two apart.</summary>
internal static class CpuTime
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID of <c>time.h</c> on Linux.</summary>
    private const int ThreadClock = 3;

    /// <summary>Microseconds of CPU on Linux; of the wall clock elsewhere, which is more.</summary>
    public static double Microseconds()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess && ClockGetTime(ThreadClock, out var time) == 0)
        {
            return (time.Seconds * 1e6) + (time.Nanoseconds / 1e3);
        }

        return Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
