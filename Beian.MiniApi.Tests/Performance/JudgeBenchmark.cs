using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>
/// What judging one full organisation filing costs: three sites, each with a principal of its own, a business scope of 300 characters, every paper
/// there. <c>dotnet test -c Release --filter JudgeBenchmark --logger "console;verbosity=detailed"</c> shows the figures.
/// </summary>
[Collection(nameof(Alone))]
public sealed class JudgeBenchmark(ITestOutputHelper output)
{
    /// <summary>Of CPU, for one judgement.</summary>
    private const double LimitMicroseconds = 300;

    private const int ScopeChars = 300;

    /// <summary>
    /// .NET replaces code that is used often by a quicker form in the background, once nothing new was compiled for 100 ms (<c>TieredCompilation</c>);
    /// until then one judgement costs some 500 µs. So the warm-up pauses, and no other test compiles meanwhile.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const int WarmUps = 6;
    private const int PerWarmUp = 250;
    private const int Batches = 125;
    private const int PerBatch = 40;

    /// <summary>As licences have it, with words among it that ask for letters in some provinces.</summary>
    private const string Scope = "技术开发、技术咨询、技术服务；软件开发；计算机系统集成；基础软件服务；应用软件服务；销售计算机、软件及辅助设备、电子产品、日用品、办公用品；设计、制作、代理、发布广告；会议服务；展览展示服务；企业管理咨询；市场调查；翻译服务；打字复印；货物进出口；教育信息咨询；食品零售；图书销售；";

    /// <summary>
    /// The quickest batch is held against the limit, of unoptimised code as well: the others also show what else the machine was doing. That no file and
    /// no connection is opened follows from <see cref="House.RoomTests.Domain_IsPure"/>.
    /// </summary>
    [Theory]
    [InlineData("110000")]
    [InlineData("310000")]
    [InlineData("320000")]
    [InlineData("330000")]
    [InlineData("420000")]
    [InlineData("440000")]
    public void Of_AFullFilingWithThreeSites_CostsLittle(string province)
    {
        var filing = FullFilings.In(province, string.Concat(Enumerable.Repeat(Scope, 3))[..ScopeChars]);
        var context = AForm.Context(new Shape(Province: province));
        Assert.DoesNotContain(Requirements.Of(filing, context).Due, f => f.MaterialKind is not null);

        var run = OnAThreadOfItsOwn(() => Measure(filing, context));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{province}: min {run.Times[0]:F1}, median {run.Times[Batches / 2]:F1}, p95 {run.Times[Batches * 95 / 100]:F1} µs CPU; {run.Bytes:N0} bytes allocated; {run.Findings} findings; {(Optimised ? "optimised" : "unoptimised")}"));
        Assert.InRange(run.Times[0], 0.1, LimitMicroseconds);
    }

    private static bool Optimised =>
        typeof(Requirements).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false) is not [System.Diagnostics.DebuggableAttribute { IsJITOptimizerDisabled: true }];

    /// <summary>Microseconds for one judgement in each batch, the quickest first; what one allocates; what one finds.</summary>
    private static (double[] Times, long Bytes, int Findings) Measure(Filing filing, RuleContext context)
    {
        var findings = 0;
        void Judge(int times)
        {
            for (var i = 0; i < times; i++)
            {
                var set = Requirements.Of(filing, context);
                findings = set.Due.Count + set.Warnings.Count;
            }
        }

        for (var i = 0; i < WarmUps; i++)
        {
            Judge(PerWarmUp);
            Thread.Sleep(Pause);
        }

        var times = new double[Batches];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
        {
            var start = CpuTime.Microseconds();
            Judge(PerBatch);
            times[i] = (CpuTime.Microseconds() - start) / PerBatch;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (Batches * PerBatch);
        Array.Sort(times);
        return (times, bytes, findings);
    }

    private static T OnAThreadOfItsOwn<T>(Func<T> work)
    {
        var result = default(T);
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result!;
    }
}
