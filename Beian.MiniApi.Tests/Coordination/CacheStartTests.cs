using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>Settings of the cache that cannot be used: one sentence, and the program ends.</summary>
public sealed class CacheStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-cache-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Cache:Engine", "memcached", "Cache:Engine must be 'memory' or 'redis'.")]
    [InlineData("Cache:Prefix", "a b", "Cache:Prefix must be 1 to 64 letters, digits, dots, colons, hyphens or underscores.")]
#if CLUSTER
    [InlineData("Cache:Engine", "redis", "Cache:Engine 'redis' needs Cache:Redis, a connection string such as 'redis:6379,password=…'.")]
#else
    [InlineData("Cache:Engine", "redis", "Cache:Engine 'redis' is not in this build: it is built in with 'dotnet build -p:Stack=cluster'.")]
#endif
    public async Task Start_WithASettingThatCannotBeUsed_EndsWithOneSentence(string key, string value, string sentence)
    {
        var (code, output) = await ChildProgram.RefuseAsync(Path.Combine(_folder, "data"), (key, value));

        Assert.Equal(1, code);
        Assert.StartsWith("Refusing to start: ", output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

#if CLUSTER
    [Theory]
    [InlineData("redis:6379,pasword=the-password")]
    [InlineData("redis:99999999,password=the-password")]
    [InlineData("redis://:the-password@redis:6379")]
    [InlineData(",password=the-password")]
    public async Task Start_WithAConnectionStringThatCannotBeRead_EndsWithOneSentenceWithoutThePassword(string connectionString)
    {
        var (code, output) = await ChildProgram.RefuseAsync(Path.Combine(_folder, "data"), ("Cache:Engine", "redis"), ("Cache:Redis", connectionString));

        Assert.Equal(1, code);
        Assert.Equal("Refusing to start: Cache:Redis cannot be read: it must be a connection string such as 'redis:6379,user=beian,password=…,ssl=true', without a scheme.", output.Trim());
    }
#endif
}
