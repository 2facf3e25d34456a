using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

public sealed class ValidationCaseFileTests : IDisposable
{
    private readonly string _overlay = Directory.CreateTempSubdirectory("beian-overlay-").FullName;

    public void Dispose() => Directory.Delete(_overlay, recursive: true);

    [Theory]
    [InlineData("no-such-file.json#1", "fail", "the file 'no-such-file.json'")]
    [InlineData("../appsettings.json#1", "fail", "the file '../appsettings.json'")]
    [InlineData("domain-suffixes.json#nosuchsuffix", "fail", "the row 'nosuchsuffix' of domain-suffixes.json")]
    [InlineData("certificate-types.json#9999", "fail", "the row '9999' of certificate-types.json")]
    [InlineData("provinces.json#990000.minAge", "fail", "the province '990000.minAge'")]
    [InlineData("provinces.json#440000.maxHeight", "fail", "the rule key 'maxHeight'")]
    [InlineData("provinces.json#440000", "fail", "the province '440000'")]
    [InlineData("provinces.json", "fail", "not a file and a row")]
    [InlineData("domain-suffixes.json#com", "perhaps", "none of pass, fail, warn")]
    public void Load_ACaseOfNothing_IsRefusedNamingFileAndRow(string reference, string expected, string reason)
    {
        Write($$"""{"id":"odd-1","area":"domain","input":{},"expected":"{{expected}}","field":"domain","ref":"{{reference}}","rule":"made up","note":null,"synthetic":true}""");

        var refused = Assert.Throws<InvalidDataException>(() => new ReferenceDataLoader(TheBook.Folder, _overlay).Load());

        Assert.Contains(Path.Combine(_overlay, "validation-cases.json"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("'odd-1'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ACaseOfARuleThatIs_IsTaken()
    {
        Write("""{"id":"even-1","area":"domain","input":{},"expected":"pass","field":"domain","ref":"provinces.json#nationwide.domain","rule":"made up","note":null,"synthetic":true}""");

        Assert.NotNull(new ReferenceDataLoader(TheBook.Folder, _overlay).Load());
    }

    /// <summary>An operator who replaces a table does not have to mend the examples of ours.</summary>
    [Fact]
    public void Load_WithATableLaidOver_ComparesOurCasesWithOurTables()
    {
        File.WriteAllText(Path.Combine(_overlay, "languages.json"), """{"source":"made up","asOf":"2026-11","items":[{"code":1,"name":"a","languageTag":"a","minorityLanguage":false}]}""");

        Assert.NotNull(new ReferenceDataLoader(TheBook.Folder, _overlay).Load());
        Assert.Equal(191, ValidationCaseFile.Read(TheBook.Folder, _overlay).Count);
    }

    private void Write(string item) => File.WriteAllText(Path.Combine(_overlay, "validation-cases.json"), $$"""{"source":"made up","asOf":"2026-11","items":[{{item}}]}""");
}
