using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

/// <summary>The real program with data that cannot be used: it says so in one sentence and ends, before it has written anything.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-refused-").FullName;

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("working-days.json", """{"source":"made up","checkedOn":"2026-11-26","items":[{"year":2026,"holidays":[],"makeUpWorkdays":[]},{"year":2026,"holidays":[],"makeUpWorkdays":[]}]}""", "items[1] repeats the code '2026'.")]
    [InlineData("rules/local.json", """{"pack":"local","name":"made up","version":"1","effectiveFrom":"2026-12-01","provinces":["440000"],"checkedOn":"2026-11-26","sources":{"s":"made up"},"rules":[{"key":"minAge","value":{"organization":21,"individual":21},"source":[],"checkedOn":"2026-11-26"}]}""", "rules[0] 'minAge' has no source.")]
    [InlineData("letters.json", "{}", "the file has no source.")]
    public async Task Start_WithDataThatCannotBeUsed_EndsWithOneSentence(string file, string text, string sentence)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);

        var (code, output) = await ChildProgram.RefuseAsync(Data, ("ReferenceData:OverlayFolder", _folder));

        Assert.Equal(1, code);
        Assert.Equal($"Refusing to start: {path}: {sentence}", output.Trim());
        Assert.False(Directory.Exists(Data));
    }

    /// <summary>Also where nobody has a password here: a list that cannot be used is told at the start, not at every request.</summary>
    [Theory]
    [InlineData("local")]
    [InlineData("oidc")]
    public async Task Start_WithCommonPasswordsThatCannotBeUsed_EndsWithOneSentence(string login)
    {
        var path = Path.Combine(_folder, "common-passwords.json");
        await File.WriteAllTextAsync(path, """{"source":"made up","checkedOn":"2026-11-26","items":["iloveyou", ""]}""");

        var (code, output) = await ChildProgram.RefuseAsync(Data, ("ReferenceData:OverlayFolder", _folder), ("Staff:Login", login));

        Assert.Equal((1, $"Refusing to start: {path}: items[1] has no text."), (code, output.Trim()));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Start_WithAnOverlayFolderThatIsNotThere_EndsWithOneSentence()
    {
        var (code, output) = await ChildProgram.RefuseAsync(Data, ("ReferenceData:OverlayFolder", Path.Combine(_folder, "nowhere")));

        Assert.Equal(1, code);
        Assert.Equal("Refusing to start: ReferenceData:OverlayFolder does not exist.", output.Trim());
    }

#if !CLUSTER
    [Theory]
    [InlineData("WeChat:Client", "skit")]
    [InlineData("Storage:Engine", "mongo")]
    [InlineData("Cache:Engine", "redis")]
    public async Task Start_WithAnEngineThatIsNotBuiltIn_SaysHowToBuildItIn(string setting, string value)
    {
        var (code, output) = await ChildProgram.RefuseAsync(Data, (setting, value));

        Assert.Equal(1, code);
        Assert.Equal($"Refusing to start: {setting} '{value}' is not in this build: it is built in with 'dotnet build -p:Stack=cluster'.", output.Trim());
        Assert.False(Directory.Exists(Data));
    }
#else
    [Theory]
    [InlineData(null, "Storage:Mongo:ConnectionString is missing")]
    [InlineData("localhost:27017", "Storage:Mongo:ConnectionString must begin with mongodb://")]
    [InlineData("mongodb://reader:s3c@@r3t@127.0.0.1", "Storage:Mongo:ConnectionString cannot be read")]
    [InlineData("mongodb://reader:s3cr3t@127.0.0.1:9/?replicaSet=rs0", "Storage:Mongo: no primary answered at 127.0.0.1:9 within 700 ms")]
    public async Task Start_OnAMongoThatCannotBeUsed_EndsWithOneSentenceAndNoPassword(string? address, string expected)
    {
        (string, string)[] settings = [("Storage:Engine", "mongo"), ("Storage:Mongo:ServerSelectionMilliseconds", "700")];
        var (code, output) = await ChildProgram.RefuseAsync(Data, address is null ? settings : [.. settings, ("Storage:Mongo:ConnectionString", address)]);

        Assert.Equal(1, code);
        Assert.StartsWith("Refusing to start: " + expected, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("s3c", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("127.0.0.1:6379,s3cr3t=1")]
    public async Task Start_OnARedisThatCannotBeUsed_EndsWithOneSentenceAndNoPassword(string? address)
    {
        var (code, output) = await ChildProgram.RefuseAsync(Data, address is null ? [("Cache:Engine", "redis")] : [("Cache:Engine", "redis"), ("Cache:Redis", address)]);

        Assert.Equal(1, code);
        Assert.StartsWith("Refusing to start: Cache:", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", output, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public async Task Start_WithAnEngineThatNobodyKnows_NamesThoseThereAre()
    {
        var (code, output) = await ChildProgram.RefuseAsync(Data, ("Storage:Engine", "postgres"));

        Assert.Equal(1, code);
        Assert.Contains("Storage:Engine must be 'sqlite' or 'mongo'.", output, StringComparison.Ordinal);
    }
}
