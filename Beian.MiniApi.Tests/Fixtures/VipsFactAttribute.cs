namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// A test that needs <c>vipsthumbnail</c> and <c>prlimit</c>. On a machine without them it is reported as skipped; in CI, which installs them, it runs
/// all the same and fails, or nothing would say that large pictures are read.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VipsFactAttribute : FactAttribute
{
    public static readonly bool IsThere = Finds("vipsthumbnail") && Finds("prlimit");

    public VipsFactAttribute()
    {
        if (!IsThere && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            Skip = "vipsthumbnail is not installed (Debian package libvips-tools).";
        }
    }

    private static bool Finds(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
