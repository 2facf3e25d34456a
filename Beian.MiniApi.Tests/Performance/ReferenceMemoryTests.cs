using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>Runs when everything else has ended, so that the work is measured and not the neighbours.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What all reference data together keeps on the managed heap.</summary>
public sealed class ReferenceMemoryTests(ITestOutputHelper output)
{
    private const double LimitMegabytes = 30;

    [Fact]
    public async Task ReferenceData_AllOfIt_KeepsLessThan30Megabytes()
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(ReferenceMemory).Assembly.Location },
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var printed = await program.StandardOutput.ReadToEndAsync(patience.Token);
        await program.WaitForExitAsync(patience.Token);

        Assert.Equal(0, program.ExitCode);
        var total = long.Parse(printed, CultureInfo.InvariantCulture) / 1e6;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total:F2} MB"));
        Assert.InRange(total, 0.5, LimitMegabytes);
    }
}
