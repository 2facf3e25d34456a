using System.Globalization;
using System.Runtime.Loader;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Notify;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: HostingStartup(typeof(DeliveryHost))]

/// <summary>Lets a program of its own find the tests, whose channel it is to use: named in DOTNET_STARTUP_HOOKS.</summary>
#pragma warning disable CA1050 // The runtime looks for this name without a namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        Path.Combine(AppContext.BaseDirectory, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
}

namespace Beian.MiniApi.Tests.Notify
{
    /// <summary>In a child program: a channel to the receiver of the test, and messages to be sent. Does nothing where the test's settings are missing.</summary>
    public sealed class DeliveryHost : IHostingStartup
    {
        /// <summary>Environment variables: where the receiver listens, and how many filings with how many messages each.</summary>
        public const string Receiver = "BEIAN_TEST_RECEIVER";

        public const string Filings = "BEIAN_TEST_FILINGS";

        public const string PerFiling = "BEIAN_TEST_PER_FILING";

        public void Configure(IWebHostBuilder builder)
        {
            if (Environment.GetEnvironmentVariable(Receiver) is not { } receiver)
            {
                return;
            }

            builder.ConfigureServices(services =>
            {
                services.AddSingleton<IChannel>(new HttpChannel(ChannelKind.Webhook, new Uri(receiver)));
                services.AddHostedService<Seeder>();
            });
        }

        /// <summary>Tells everything again at each start, as an outbox does that was killed: known keys change nothing.</summary>
        private sealed class Seeder(IDeliveryStore queue, TimeProvider time) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken)
            {
                var (filings, perFiling) = (Number(Filings), Number(PerFiling));
                return Parallel.ForAsync(0, filings, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = stoppingToken }, async (f, stop) =>
                {
                    var now = time.GetUtcNow();
                    var name = "f" + f.ToString("D5", CultureInfo.InvariantCulture);
                    for (var seq = 1; seq <= perFiling; seq++)
                    {
                        await queue.AddAsync(ADelivery.Of(name, seq, "t" + f % 50) with { QueuedAt = now, ExpiresAt = now.AddDays(1), Body = ADelivery.Of(name, seq).Body with { Address = name } }, stop);
                    }
                });
            }

            private static int Number(string name) => int.Parse(Environment.GetEnvironmentVariable(name)!, CultureInfo.InvariantCulture);
        }
    }
}
