using System.Text.Json.Nodes;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

/// <summary>Every way in which a data file can be wrong is refused by file, row and reason.</summary>
public sealed class StrictDataTests : IDisposable
{
    private readonly string _overlay = Directory.CreateTempSubdirectory("beian-strict-").FullName;

    public void Dispose() => Directory.Delete(_overlay, recursive: true);

    /// <summary>File, where in it, what to put there (null takes it away), where the message points, what it says.</summary>
    public static TheoryData<string, string, string?, string, string> Changes => new()
    {
        // What a file says about itself
        { "languages.json", "source", null, "the file", "has no source" },
        { "languages.json", "source", "\" \"", "the file", "has no source" },
        { "fields.json", "checkedOn", null, "the file", "" },
        { "languages.json", "defaultKode", "1", "'defaultKode'", "is unknown" },
        { "materials.json", "itemz", "[]", "'itemz'", "is unknown" },
        { "rdap-bootstrap.json", "sevices", "[]", "'sevices'", "is unknown" },
        { "languages.json", "items", null, "items", "is missing" },
        { "languages.json", "items", "{}", "items", "is not an array" },

        // Rows
        { "languages.json", "items/1/code", "1", "items[1]", "repeats the code '1'" },
        { "languages.json", "items/0/code", "\"one\"", "items[0] $.code", "could not be converted" },
        { "languages.json", "items/0/typo", "1", "items[0]", "'typo'" },
        { "languages.json", "items/0/name", null, "items[0]", "'name'" },
        { "languages.json", "items/2", "null", "items[2]", "is null" },
        { "subject-natures.json", "items/1/code", "1", "items[1]", "repeats" },
        { "domain-suffixes.json", "items/0/restrictedToNatures", "[99]", "row '", "a subject nature" },
        { "domain-suffixes.json", "items/0/deniedByProvinces", "[\"990000\"]", "row '", "a province" },
        { "service-contents.json", "items/0/group", "99", "row '1'", "a group" },
        { "service-contents.json", "items/0/suggestedPreApproval", "[99]", "row '1'", "a pre-approval type" },
        { "pre-approval-types.json", "matching/commitmentNotAcceptedFor", "[\"magic\"]", "matching", "'magic'" },
        { "approved-registrars.json", "items/0/colour", "1", "items[0]", "'colour'" },
        { "whois-servers.json", "items/1/suffix", "\"cn\"", "items[", "repeats" },
        { "rdap-bootstrap.json", "services/0/0/0", "\"net\"", "services[", "repeats the suffix 'net'" },

        // Divisions and area codes
        { "divisions.json", "items/0/children/0/code", "\"310100\"", "row '310100'", "does not lie in '110000'" },
        { "divisions.json", "items/0/children/0/children/0/code", "\"110201\"", "row '110201'", "does not lie in '110100'" },
        { "divisions.json", "items/0/children/0/children/1/code", "\"110101\"", "row '110101'", "stands twice" },
        { "divisions.json", "items/0/children/0/code", "\"1101\"", "row '1101'", "six digits" },
        { "divisions.json", "items/0/children/0/children/0/children", "[{\"code\":\"110101\",\"name\":\"a\"}]", "row '110101'", "fourth level" },
        { "divisions.json", "items/0/colour", "1", "items[0]", "'colour'" },
        { "area-codes.json", "items/0/divisionCode", "\"119900\"", "row '119900'", "a city or county" },
        { "area-codes.json", "items/1/divisionCode", "\"110100\"", "items[1]", "repeats" },
        { "area-codes.json", "items/0/areaCodes", "[\"10\"]", "row '110100'", "area code '10'" },
        { "area-codes.json", "items/0/evidence", "[]", "row '110100'", "no source" },
        { "provinces.json", "items/0/code", "\"810000\"", "row '810000'", "a division" },
        { "provinces.json", "items/1/filingPrefix", "\"京\"", "row '120000'", "of '110000'" },
        { "provinces.json", "items/0/basis", "[]", "row '110000'", "has no source" },
        { "provinces.json", "filingNumber/subjectRegex", "\"(\"", "filingNumber", "pattern" },

        // Certificates and papers
        { "certificate-types.json", "items/0/numberRegex", "\"[\"", "row '", "pattern '['" },
        { "certificate-types.json", "items/0/checksum", "\"magic\"", "row '", "checksum 'magic'" },
        { "certificate-types.json", "usccStructure/prefixes", null, "usccStructure.prefixes", "is missing" },
        { "materials.json", "items/0/formatProfile", "\"scroll\"", "row '", "a format profile" },
        { "materials.json", "items/0/provinces", "[\"990000\"]", "row '", "a province" },
        { "materials.json", "items/0/provinces", "\"some\"", "row '", "neither an array nor all" },
        { "materials.json", "items/0/filingKinds", "[\"Rename\"]", "row '", "'Rename'" },
        { "materials.json", "items/0/appliesTo", "\"cat\"", "row '", "'cat'" },
        { "materials.json", "items/0/maxCount", "0", "row '", "contradict" },
        { "materials.json", "items/0/basis", "[]", "row '", "has no source" },
        { "materials.json", "items/0/parts", "[\"front\",\"front\"]", "row '", "a part twice" },

        // Telephones
        { "phone-rules.json", "items/0/value", "\"(\"", "row 'mobileFormat'", "pattern '('" },
        { "phone-rules.json", "items/1/value", "[\"13\"]", "row 'smsCapablePrefixes'", "'13'" },
        { "phone-rules.json", "items/0/kind", "\"magic\"", "row 'mobileFormat'", "'magic'" },
        { "phone-rules.json", "items/0/severity", "\"fatal\"", "row 'mobileFormat'", "'fatal'" },
        { "phone-rules.json", "items/0/provinces", "[\"990000\"]", "row 'mobileFormat'", "'990000'" },
        { "phone-rules.json", "items/0/colour", "1", "items[0]", "'colour'" },
        { "phone-rules.json", "items/4/id", "\"anotherName\"", "row 'onePhoneOneSubject'", "is missing" },
        { "phone-rules.json", "smsTargets/1/kind", "\"FirstFiling\"", "smsTargets[1]", "repeats" },
        { "phone-rules.json", "smsTargets/0/website", "[\"neighbour\"]", "smsTargets 'FirstFiling'", "'neighbour'" },
        { "mobile-ranges.json", "", "{\"source\":\"made up\",\"checkedOn\":\"2026-11-26\",\"items\":[{\"from\":1380000,\"to\":1380009,\"province\":\"990000\"}]}", "row '1380000'", "'990000'" },
        { "mobile-ranges.json", "", "{\"source\":\"made up\",\"checkedOn\":\"2026-11-26\",\"items\":[{\"from\":1380000,\"to\":1380009,\"province\":\"110000\"},{\"from\":1380005,\"to\":1380007,\"province\":\"110000\"}]}", "row '1380005'", "overlaps" },
        { "mobile-ranges.json", "", "{\"source\":\"made up\",\"checkedOn\":\"2026-11-26\",\"items\":[{\"from\":138,\"to\":139,\"province\":\"110000\"}]}", "row '138'", "seven digits" },

        // The calendar
        { "working-days.json", "items/1/year", "2025", "items[1]", "repeats the code '2025'" },
        { "working-days.json", "items/1/holidays/0/from", "\"2025-10-08\"", "2026 '元旦'", "ends before it begins or lasts over a month" },
        { "working-days.json", "items/1/holidays/0", "{\"from\":\"2025-05-01\",\"to\":\"2025-05-02\",\"name\":\"x\"}", "2026 'x'", "another year" },
        { "working-days.json", "items/0/holidays/1", "{\"from\":\"2025-01-01\",\"to\":\"2025-01-02\",\"name\":\"x\"}", "2025 'x'", "overlaps with another holiday" },
        { "working-days.json", "items/0/makeUpWorkdays/0", "\"2025-01-29\"", "2025 makeUpWorkdays", "in a holiday" },
        { "working-days.json", "items/0/makeUpWorkdays/0", "\"2025-01-13\"", "2025 makeUpWorkdays", "weekend" },

        // What people are shown
        { "fields.json", "items/1/id", "\"verification\"", "items[1]", "repeats" },
        { "fields.json", "items/0/step", "\"dance\"", "row 'verification'", "'dance'" },
        { "fields.json", "items/0/pointer", "\"verification\"", "row 'verification'", "slash" },
        { "fields.json", "items/0/referenceSet", "\"colours\"", "row 'verification'", "'colours'" },
        { "fields.json", "items/0/source", "\"\"", "row 'verification'", "has no source" },
        { "fields.json", "items/0/label/en", "\"\"", "row 'verification'", "label in en" },
        { "agreements.json", "items/1/id", "\"terms\"", "items[1]", "repeats" },
        { "agreements.json", "items/0/version", "\"\"", "row 'terms'", "has no version" },
        { "agreements.json", "items/0/text/zh", "\"\"", "row 'terms'", "text in zh" },
        { "agreements.json", "items/0/colour", "1", "items[0]", "'colour'" },
        { "face-check-guide.json", "items/1/id", "\"who\"", "items[1]", "repeats" },
        { "face-check-guide.json", "reasons/0/text/en", "\"\"", "row '", "text in en" },
        { "face-check-guide.json", "reasons/0/colour", "1", "reasons[0]", "'colour'" },
        { "rejection-reasons.json", "items/1/id", "\"subjectAbnormal\"", "items[1]", "repeats" },
        { "rejection-reasons.json", "items/0/material", "\"magic\"", "row 'subjectAbnormal'", "'magic'" },
        { "rejection-reasons.json", "items/0/stage", "[\"police\"]", "row 'subjectAbnormal'", "'police'" },
        { "rejection-reasons.json", "items/0/stage", "[]", "row 'subjectAbnormal'", "has no stage" },
        { "rejection-reasons.json", "items/0/provinces", "[\"990000\"]", "row 'subjectAbnormal'", "'990000'" },
        { "rejection-reasons.json", "items/0/suggestion", "\"\"", "row 'subjectAbnormal'", "has no suggestion" },
        { "notification-matrix.json", "items/1/event", "\"passChecks\"", "items[1]", "repeats" },
        { "notification-matrix.json", "items/0/event", "\"dance\"", "row 'dance'", "an event" },
        { "notification-matrix.json", "items/0/sms", null, "items[0]", "'sms'" },
        { "notification-matrix.json", "items", "[]", "row 'approve'", "is missing" },
        { "resource-types.json", "colour", "1", "'colour'", "is unknown" },
        { "resource-types.json", "version", null, "the file", "has no version" },
        { "resource-types.json", "types/1/type", "\"cvm\"", "types[1]", "repeats" },
        { "resource-types.json", "types/0/source", "\"\"", "row 'cvm'", "has no source" },
        { "resource-types.json", "types/0/colour", "1", "types[0]", "'colour'" },
        { "resource-types.json", "types/0/codes", "99", "", "'cvm' contradicts itself" },
        { "letters.json", "colour", "1", "'colour'", "is unknown" },
        { "letters.json", "items/0/colour", "1", "items[0]", "'colour'" },

        // Rules about names
        { "site-name-rules.json", "colour", "1", "'colour'", "is unknown" },
        { "site-name-rules.json", "items/1/code", "\"site.name.nobodyWroteThis\"", "row '", "has no texts" },
        { "site-name-rules.json", "items/0/kind", "\"magic\"", "row '", "'magic'" },
        { "site-name-rules.json", "items/0/scope", "[\"footer\"]", "row '", "'footer'" },
        { "site-name-rules.json", "items/0/scope", "[]", "row '", "has no scope" },
        { "site-name-rules.json", "items/0/basis", "[]", "row '", "has no source" },
        { "site-name-rules.json", "items/0/regex", "\"(\"", "row '", "pattern '('" },
        { "site-name-rules.json", "items/0/provinces", "[\"990000\"]", "row '", "'990000'" },
        { "site-name-rules.json", "items/0/effectiveTo", "\"2020-01-01\"", "row '", "before it begins" },
        { "site-name-rules.json", "items/0/words", "[\"\"]", "row '", "an empty word" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Load_AFileThatIsWrong_IsRefusedNamingFileRowAndReason(string file, string at, string? value, string row, string reason)
    {
        var root = at.Length == 0 ? JsonNode.Parse(value!)! : Shipped(file);
        if (at.Length > 0)
        {
            JsonEdit.Change(root, at.Split('/'), value);
        }

        if (reason.Length == 0)
        {
            JsonEdit.Change(root, ["asOf"], null);
            reason = "has no checkedOn or asOf";
        }

        File.WriteAllText(Path.Combine(_overlay, file), root.ToJsonString());

        var refused = Assert.Throws<InvalidDataException>(LoadEverything);

        Assert.StartsWith(Path.Combine(_overlay, file) + ":", refused.Message, StringComparison.Ordinal);
        Assert.Contains(row, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("languages.json")]
    [InlineData("working-days.json")]
    [InlineData("fields.json")]
    [InlineData("rejection-reasons.json")]
    [InlineData("resource-types.json")]
    [InlineData("site-name-rules.json")]
    [InlineData("phone-rules.json")]
    [InlineData("divisions.json")]
    public void Load_TheSameFileLaidOver_IsTaken(string file)
    {
        // With the mark that some editors put before a text.
        File.WriteAllBytes(Path.Combine(_overlay, file), [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(Path.Combine(TheBook.Folder, file))]);

        Assert.Null(Record.Exception(LoadEverything));
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("", "is not JSON")]
    [InlineData("[]", "is not an object")]
    [InlineData("""{"source":"a","source":"b","checkedOn":"2026-11-26","items":[]}""", "source")]
    public void Load_AFileThatIsNoObject_IsRefused(string text, string reason)
    {
        File.WriteAllText(Path.Combine(_overlay, "languages.json"), text);

        var refused = Assert.Throws<InvalidDataException>(LoadEverything);

        Assert.Contains(Path.Combine(_overlay, "languages.json"), refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AFileThatReplacesNothing_IsRefused()
    {
        File.WriteAllText(Path.Combine(_overlay, "language.json"), "{}");

        var refused = Assert.Throws<InvalidDataException>(LoadEverything);

        Assert.Contains("language.json: the file replaces nothing (known are agreements.json", refused.Message, StringComparison.Ordinal);
    }

    private void LoadEverything()
    {
        var loader = new ReferenceDataLoader(TheBook.Folder, _overlay);
        var book = loader.Load();
        loader.LoadRules(book);
        ResourceTypesFile.Load(TheBook.Folder, _overlay);
        LettersFile.Load(TheBook.Folder, _overlay, book);
    }

    private static JsonNode Shipped(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(TheBook.Folder, file)), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
}
