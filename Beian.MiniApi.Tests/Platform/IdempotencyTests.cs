using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Platform;

public sealed class IdempotencyTests(RunningApp running) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Filter_RefusedForTheMoment_IsNotTheAnswerForADay(bool busy, int kept)
    {
        await using var scope = running.App.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Method = "POST";
        http.Request.ContentLength = 0;
        http.Request.Headers["Idempotency-Key"] = "key-" + busy;
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var store = new Records();
        var refusal = (busy ? FilingErrors.Busy() : FilingErrors.AnotherOpen()).ToAnswer();

        await new IdempotencyFilter(store, new InProcessLeases(TimeProvider.System)).InvokeAsync(new DefaultEndpointFilterInvocationContext(http), _ => ValueTask.FromResult<object?>(refusal));

        Assert.Equal(kept, store.Kept);
    }

    private sealed class Records : IIdempotencyStore
    {
        public int Kept { get; private set; }

        public Task<IdempotencyRecord?> FindAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<IdempotencyRecord?>(null);

        public Task SaveAsync(IdempotencyRecord record, CancellationToken cancellationToken)
        {
            Kept++;
            return Task.CompletedTask;
        }

        public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
