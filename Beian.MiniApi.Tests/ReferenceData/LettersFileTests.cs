using System.Text.Json.Nodes;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

public sealed class LettersFileTests : IDisposable
{
    private readonly string _overlay = Directory.CreateTempSubdirectory("beian-letters-").FullName;

    public void Dispose() => Directory.Delete(_overlay, recursive: true);

    [Fact]
    public void Load_ShippedFile_HoldsEveryLetterThatIsOursToWrite()
    {
        // Forms that an authority or an employer issues, and one that is no longer used.
        string[] notOurs = ["authenticityForm", "employmentProof", "siteOpeningApplication", "governmentDomainReviewForm"];

        var signed = TheBook.Shipped.Tables.Materials.Where(m => m.Signing.Count > 0).Select(m => m.Id).Except(notOurs);

        Assert.Equal(signed.Order(StringComparer.Ordinal), TheLetters.Shipped.Items.Select(t => t.Kind).Order(StringComparer.Ordinal));
        Assert.All(TheLetters.Shipped.Items, t => Assert.Contains("当地格式为准", t.Source, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("paragraphs", """["{subject.nickname}"]""", "{subject.nickname}")]
    [InlineData("paragraphs", """["{subject.name"]""", "'{}'")]
    [InlineData("paragraphs", "[]", "lacks")]
    [InlineData("paragraphs", """[" "]""", "lacks")]
    [InlineData("title", "\"\"", "lacks")]
    [InlineData("title", "\"{nobody}\"", "{nobody}")]
    [InlineData("addressee", "\"{bureau}\"", "{bureau}")]
    [InlineData("source", "\" \"", "lacks a source")]
    [InlineData("kind", "\"loveLetter\"", "row 'loveLetter' names a material")]
    [InlineData("provinces", """["999999"]""", "a province")]
    [InlineData("insteadOf", "\"noSuchLetter\"", "another letter")]
    [InlineData("insteadOf", "\"principalAuthorization\"", "another letter")]
    [InlineData("signing", """["wink"]""", "wink")]
    [InlineData("signing", "[]", "cannot be signed")]
    [InlineData("signing", """["handwrittenClause"]""", "clause")]
    [InlineData("clause", "\"to copy\"", "clause")]
    public void Load_ARowThatCannotBeUsed_IsRefusedNamingFileAndRow(string member, string value, string reason) =>
        Refused(file => file["items"]![0]![member] = JsonNode.Parse(value), member == "kind" ? "row 'loveLetter'" : "row 'principalAuthorization'", reason);

    [Fact]
    public void Load_ALetterOfTheSubjectThatSpeaksOfOneSite_IsRefused() =>
        Refused(file => file["items"]![0]!["paragraphs"]![0] = "{site.name}", "row 'principalAuthorization'", "{site.name}");

    [Fact]
    public void Load_AKindTwice_IsRefused() =>
        Refused(file => file["items"]!.AsArray().Add(file["items"]![0]!.DeepClone()), "items[1]", "repeats the code 'principalAuthorization'");

    [Theory]
    [InlineData("source")]
    [InlineData("checkedOn")]
    [InlineData("paragraphs")]
    public void Load_ARowWithoutAMember_IsRefused(string member) => Refused(file => file["items"]![0]!.AsObject().Remove(member), "items[0]", member);

    [Fact]
    public void Load_ARowWithAnUnknownMember_IsRefused() => Refused(file => file["items"]![0]!["colour"] = "red", "items[0]", "colour");

    [Theory]
    [InlineData("source")]
    [InlineData("asOf")]
    [InlineData("checkedOn")]
    public void Load_AFileThatDoesNotSayWhereItIsFrom_IsRefused(string member)
    {
        Refused(file => file.AsObject().Remove(member), member, member == "source" ? "has no source" : "is missing");
        Refused(file => file[member] = "", member, member == "source" ? "has no source" : "is empty");
    }

    private void Refused(Action<JsonNode> change, string row, string reason)
    {
        var file = JsonNode.Parse("""
            {
              "source": "made up", "asOf": "2026-11", "checkedOn": "2026-11-26",
              "items": [{ "kind": "principalAuthorization", "title": "t", "paragraphs": ["{subject.name}"], "source": "made up", "checkedOn": "2026-11-26" }]
            }
            """)!;
        var path = Path.Combine(_overlay, "letters.json");
        File.WriteAllText(path, file.ToJsonString());
        Assert.Single(LettersFile.Load(TheBook.Folder, _overlay, TheBook.Shipped).Items);

        change(file);
        File.WriteAllText(path, file.ToJsonString());
        var refused = Assert.Throws<InvalidDataException>(() => LettersFile.Load(TheBook.Folder, _overlay, TheBook.Shipped));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        Assert.Contains(row, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
