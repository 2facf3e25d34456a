using System.Net;
using Beian.MiniApi.Probe;

namespace Beian.MiniApi.Tests.Probe;

public sealed class SystemResolverTests
{
    /// <summary>The machine's own names are no sites: with the dot of the root only DNS is asked.</summary>
    [Fact]
    public async Task Resolve_ANameOfThisMachineAlone_HasNone()
    {
        var found = await new SystemResolver().ResolveAsync(Dns.GetHostName(), CancellationToken.None);

        Assert.True(found is null or { Count: 0 });
    }

    /// <summary>Nobody registers .invalid (RFC 6761): no address where DNS can be asked, no answer where it cannot; never an exception.</summary>
    [Fact]
    public async Task Resolve_ANameThatCannotBe_HasNone()
    {
        var found = await new SystemResolver().ResolveAsync("nobody.invalid", CancellationToken.None);

        Assert.True(found is null or { Count: 0 });
    }

    [Fact]
    public async Task Resolve_WhenNobodyWaits_IsCancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SystemResolver().ResolveAsync("nobody.invalid", new CancellationToken(true)));
}
