using System.Text.Json.Nodes;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

/// <summary>What rule packs may say, and what they are refused for.</summary>
public sealed class RulePackFilesTests : IDisposable
{
    private const string Mine = "guangdong-local.json";

    private readonly string _overlay = Directory.CreateTempSubdirectory("beian-packs-").FullName;

    public RulePackFilesTests() => Directory.CreateDirectory(Path.Combine(_overlay, "rules"));

    public void Dispose() => Directory.Delete(_overlay, recursive: true);

    /// <summary>Where in the pack, what to put there (null takes it away), where the message points, what it says.</summary>
    public static TheoryData<string, string?, string, string> Changes => new()
    {
        { "version", null, "the pack", "'version'" },
        { "version", "\"\"", "pack and version", "must not be empty" },
        { "pack", "\"a.b\"", "pack and version", "no dot" },
        { "name", "\"\"", "the pack", "has no name" },
        { "colour", "1", "the pack", "'colour'" },
        { "provinces", "[\"990000\"]", "provinces", "'990000'" },
        { "provinces", "[]", "the pack", "has no provinces" },
        { "provinces", "\"some\"", "the pack", "neither an array nor all" },
        { "effectiveFrom", "\"soon\"", "the pack", "effectiveFrom" },
        { "effectiveTo", "\"2020-01-01\"", "effectiveTo", "lies before" },
        { "sources/s", "\"\"", "sources 's'", "has no title" },
        { "rules/0/key", "\"demnad\"", "rules[0] 'remark'", "which no rule has" },
        { "rules/0/colour", "1", "rules[0]", "'colour'" },
        { "rules/0/source", "[]", "rules[0] 'remark'", "has no source" },
        { "rules/0/source", null, "rules[0]", "'source'" },
        { "rules/0/source", "[\"t\"]", "rules[0] 'remark'", "the source 't'" },
        { "rules/0/checkedOn", null, "rules[0]", "'checkedOn'" },
        { "rules/0/id", null, "rules[0] 'demand'", "needs an id" },
        { "rules/0/id", "\" \"", "rules[0]", "needs an id" },
        { "rules/1/id", "\"minAge\"", "rules[1] 'minAge'", "which only a demand has" },
        { "rules/0/severity", "\"fatal\"", "rules[0] 'remark'", "'fatal'" },
        { "rules/0/kinds", "[\"Rename\"]", "rules[0] 'remark'", "'Rename'" },
        { "rules/0/effectiveFrom", "\"2020-01-01\"", "rules[0] 'remark'", "contradict" },
        { "rules/0/effectiveTo", "\"2020-01-01\"", "rules[0] 'remark'", "contradict" },
        { "rules/0/replaces", "\"440000.nothing\"", "'remark'", "'440000.nothing' to replace" },
        { "rules/0/replaces", "\"440000.minAge\"", "'remark'", "which has another" },
        { "rules/0/replaces", "\"guangdong-local.remark\"", "'remark'", "none would be left" },
        { "rules/1/replaces", null, "'minAge'", "overlaps in time with '440000.minAge'" },
        { "rules/1/value/organization", "\"old\"", "rules[1] 'minAge' value $.organization", "could not be converted" },
        { "rules/1/value", "null", "rules[1]", "value" },
        { "rules/0/value/field", null, "rules[0] 'remark'", "needs a material, or a field with its text" },
        { "rules/0/value/material", "\"idCard\"", "rules[0] 'remark'", "needs a material, or a field with its text" },
        { "rules/0/value/text", null, "rules[0] 'remark'", "needs a material, or a field with its text" },
        { "rules/0/value/text/en/remedy", "\"\"", "rules[0] 'remark'", "in both languages" },
        { "rules/0/value/text/fr", "{}", "rules[0] 'remark' value $.text", "'fr'" },
        { "rules/0/value/field/pointer", "\"/sites/*/colour\"", "rules[0] 'remark'", "the field '/sites/*/colour'" },
        { "rules/0/value/field/maxChars", "0", "rules[0] 'remark'", "contradict each other" },
        { "rules/0/value/field/required", "false", "rules[0] 'remark'", "anything that the field must be" },
        { "rules/0/value/when", null, "rules[0]", "'when'" },
        { "rules/0/value/when/subject", "\"cat\"", "rules[0] 'remark'", "'cat'" },
        { "rules/0/value/when/moon", "\"full\"", "rules[0] 'remark'", "'moon'" },
        { "rules/0/value/when/natures", "[99]", "rules[0] 'remark'", "subject nature 99" },
        { "rules/0/value/when/kinds", "[\"firstFiling\"]", "rules[0] 'remark'", "'firstFiling'" },
        { "rules/0/value/when/serviceContents", "[99]", "rules[0] 'remark'", "service content 99" },
        { "rules/0/value/when/preApprovals", "[\"magic\"]", "rules[0] 'remark'", "pre-approval type 'magic'" },
        { "rules/0/value/when/words", "{\"any\":[],\"in\":[\"remark\"]}", "rules[0] 'remark'", "words and where" },
        { "rules/0/value/when/words", "{\"any\":[\"a\"],\"in\":[\"footer\"]}", "rules[0] 'remark'", "'footer'" },
        { "rules/0/value/when/person", "{\"who\":\"neighbour\"}", "rules[0] 'remark'", "'neighbour'" },
        { "rules/0/value/when/person", "{\"who\":\"principal\",\"certificateTypes\":[99]}", "rules[0] 'remark'", "certificate type 99" },
        { "rules/2", "{\"key\":\"demand\",\"id\":\"paper\",\"value\":{\"when\":{},\"material\":\"magic\"},\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "rules[2] 'paper'", "the material 'magic'" },
        { "rules/2", "{\"key\":\"demand\",\"id\":\"remark\",\"value\":{\"when\":{},\"material\":\"idCard\"},\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "'remark'", "overlaps in time with 'guangdong-local.remark'" },
        { "rules/2", "{\"key\":\"letterMaxAge\",\"value\":[{\"months\":1,\"days\":3}],\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "rules[2] 'letterMaxAge'", "months or days" },
        { "rules/2", "{\"key\":\"soleTrader\",\"value\":{\"fileAs\":\"cat\",\"sealRequired\":true,\"unnamedRule\":null},\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "rules[2] 'soleTrader'", "'cat'" },
        { "rules/2", "{\"key\":\"domainSuffixLimits\",\"value\":{\"mode\":\"allowList\",\"since\":\"2026\",\"subjects\":\"all\",\"list\":\"magic\"},\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "rules[2] 'domainSuffixLimits'", "a list of suffixes" },
        { "rules/2", "{\"key\":\"minorRule\",\"value\":{\"fromAge\":16,\"underAge\":18,\"appliesTo\":\"all\",\"proofSets\":[[\"magic\"]]},\"source\":[\"s\"],\"checkedOn\":\"2026-11-26\"}", "rules[2] 'minorRule'", "the material 'magic'" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Load_APackThatIsWrong_IsRefusedNamingFileRowAndReason(string at, string? value, string row, string reason)
    {
        Write(Mine, Pack());
        Load();
        var pack = Pack();
        JsonEdit.Change(pack, at.Split('/'), value);
        Write(Mine, pack);

        var refused = Assert.Throws<InvalidDataException>(() => Load());

        Assert.StartsWith(Path.Combine(_overlay, "rules", Mine) + ":", refused.Message, StringComparison.Ordinal);
        Assert.Contains(row, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TwoEditionsThatOverlap_IsRefused()
    {
        var first = Pack();
        first["effectiveTo"] = "2026-12-31";
        Write("a.json", first);
        Write("b.json", Edition("2027", "2026-12-31"));
        Assert.Contains("overlaps in time with the edition '2026-12' in", Refused("b.json"), StringComparison.Ordinal);

        Write("b.json", Edition("2026-12", "2027-01-01"));
        Assert.Contains("has the version '2026-12' that", Refused("b.json"), StringComparison.Ordinal);

        Write("b.json", Edition("2027", "2027-01-01"));
        Assert.Equal(2, Load().Rows.Count(r => r.Id == "guangdong-local.remark"));
    }

    [Fact]
    public void Load_TwoPacksThatReplaceTheSameRule_AreRefusedAndNotLeftToChance()
    {
        Write(Mine, Pack());
        var other = Pack();
        other["pack"] = "guangdong-other";
        Write("guangdong-other.json", other);

        Assert.Contains("'minAge' overlaps in time with 'guangdong-local.minAge' of version '2026-12' in " + Path.Combine(_overlay, "rules", Mine), Refused("guangdong-other.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AReplacementOfAReplacement_LeavesTheLast()
    {
        Write(Mine, Pack());
        var other = Pack();
        other["pack"] = "guangdong-other";
        other["rules"]![1]!["replaces"] = "guangdong-local.minAge";
        other["rules"]!.AsArray().RemoveAt(2);
        other["rules"]![1]!["value"] = JsonNode.Parse("""{"organization":30,"individual":30}""");
        Write("guangdong-other.json", other);

        var rule = Load().For("440000", new DateOnly(2026, 12, 2)).FindFor<int?>("minAge", individual: true);

        Assert.Equal("guangdong-other.minAge", rule?.Row.Id);
    }

    [Fact]
    public void Load_PacksThatReplaceEachOther_AreRefused()
    {
        var first = Pack();
        first["rules"]![1]!["replaces"] = "guangdong-other.minAge";
        Write(Mine, first);
        var other = Pack();
        other["pack"] = "guangdong-other";
        other["rules"]![1]!["replaces"] = "guangdong-local.minAge";
        Write("guangdong-other.json", other);

        Assert.Contains("none would be left", Assert.Throws<InvalidDataException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("440000")]
    [InlineData("nationwide")]
    public void Load_WithoutThePackOfAProvince_IsRefused(string pack)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(TheBook.Folder, "rules", pack + ".json")))!;
        file["pack"] = "somebody";
        Write(pack + ".json", file);

        Assert.Contains($"rules: the pack '{pack}' is missing", Assert.Throws<InvalidDataException>(() => Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_ADayBeforeAndAfterAReplacement_IsTheOldAndTheNewRule()
    {
        Write(Mine, Pack());
        var rules = Load();

        Assert.Equal("440000.minAge", rules.For("440000", new DateOnly(2026, 11, 30)).FindFor<int?>("minAge", individual: false)?.Row.Id);
        Assert.Equal("guangdong-local.minAge", rules.For("440000", new DateOnly(2026, 12, 1)).FindFor<int?>("minAge", individual: false)?.Row.Id);
        Assert.NotEqual("guangdong-local.minAge", rules.For("450000", new DateOnly(2026, 12, 1)).FindFor<int?>("minAge", individual: false)?.Row.Id);
    }

    private static JsonNode Pack() => JsonNode.Parse("""
        {
          "pack": "guangdong-local", "name": "made up", "version": "2026-12", "effectiveFrom": "2026-12-01", "provinces": ["440000"], "checkedOn": "2026-11-26", "sources": { "s": "made up" },
          "rules": [
            { "key": "demand", "id": "remark", "value": { "when": { "subject": "organization" }, "field": { "pointer": "/sites/*/remark", "required": true },
              "text": { "zh": { "detail": "d", "remedy": "r" }, "en": { "detail": "d", "remedy": "r" } } }, "source": ["s"], "checkedOn": "2026-11-26" },
            { "key": "minAge", "replaces": "440000.minAge", "value": { "organization": 21, "individual": 21 }, "source": ["s"], "checkedOn": "2026-11-26" },
            { "key": "notes", "value": ["made up"], "source": ["s"], "checkedOn": "2026-11-26" }
          ]
        }
        """)!;

    private static JsonNode Edition(string version, string from)
    {
        var edition = Pack();
        (edition["version"], edition["effectiveFrom"]) = (version, from);
        return edition;
    }

    private void Write(string name, JsonNode pack) => File.WriteAllText(Path.Combine(_overlay, "rules", name), pack.ToJsonString());

    private RuleBook Load() => new ReferenceDataLoader(TheBook.Folder, _overlay).LoadRules(TheBook.Shipped);

    private string Refused(string name)
    {
        var message = Assert.Throws<InvalidDataException>(() => Load()).Message;
        Assert.StartsWith(Path.Combine(_overlay, "rules", name) + ":", message, StringComparison.Ordinal);
        return message;
    }
}
