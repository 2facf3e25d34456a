using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.ReviewConsole;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.House;

/// <summary>Whatever code the program can say has words in both languages, and the words have their values.</summary>
public sealed partial class TextTests
{
    /// <summary>Literals that look like codes and are something else; each must still occur.</summary>
    private static readonly string[] NotCodes =
    [
        // Names of checks.
        "authCode.value", "certificate.number", "domain.suffix", "certificate.type", "contact.reuse", "content.safety", "domain.conflict", "domain.expiry", "domain.holder", "domain.name", "domain.realName",
        "domain.registrar", "filed.footer", "filed.reachable", "material.measures", "site.closed", "subject.conflict", "subject.nature",

        // Settings, files and purposes of keys.
        "clock.offset", "delivery.email", "delivery.mobile", "heads.jsonl", "idempotency.answer", "staff.attempt", "staff.providerLogin", "staff.recoveryCode", "staff.secondFactor", "storage.account", "storage.user", "storage.wechatEvent", "storage.wechatMessage", "usccStructure.prefixes", "wechat.sessionKey",

        // Names of measured things.
        "beian.deliveries.alerts", "beian.deliveries.ended", "beian.deliveries.postponed", "beian.deliveries.queued", "beian.messages.alerts", "beian.messages.ended", "beian.messages.postponed", "beian.messages.queued",
        "beian.retention.deleted", "beian.wechat.attempts", "beian.wechat.attempt.duration", "beian.wechat.push.handled", "beian.wechat.push.received", "beian.wechat.push.refused",
        "beian.wechat.token.refreshes",

        // The same in the words of OpenTelemetry.
        "error.type", "http.client.request.duration", "http.request.method", "http.route", "network.protocol.version", "server.address", "url.scheme",
    ];

    /// <summary>Reasons of the face check provider, said as <c>faceCheck.reason.</c> and the reason.</summary>
    private const string FaceReasons = "faceCheck.reason.";

    /// <summary>Begins the name of a field, which ends in the id of the field's row.</summary>
    private const string FieldNames = "name.field.";

    private static readonly Dictionary<string, Dictionary<string, JsonElement>> Texts = Directory.EnumerateFiles(Path.Combine(TheBook.Folder, "texts"), "*.json")
        .SelectMany(f => JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, JsonElement>>>(File.ReadAllBytes(f))!)
        .ToDictionary(StringComparer.Ordinal);

    [Fact]
    public void Codes_SaidByTheProgram_HaveTexts()
    {
        var said = Said().ToHashSet(StringComparer.Ordinal);

        Assert.True(said.Count > 250, $"Only {said.Count} codes found: does the pattern still match?");
        TheAssembly.AssertNone(said.Where(c => !Texts.ContainsKey(c)).Order(StringComparer.Ordinal));
        Assert.All(NotCodes, c => Assert.Contains(TheAssembly.Literals(), m => m.Literals.Contains(c)));
    }

    [Fact]
    public void Texts_AreAllSaidBySomething()
    {
        var said = Said().ToHashSet(StringComparer.Ordinal);

        TheAssembly.AssertNone(Texts.Keys.Where(t => !said.Contains(t) && !t.StartsWith(FaceReasons, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Texts_SayWhatIsWrongAndWhatToDo_InBothLanguages()
    {
        // A demand in the open form brings its own words.
        foreach (var (code, languages) in Texts.Where(t => !t.Key.StartsWith("name.", StringComparison.Ordinal) && t.Key != "demand.field"))
        {
            Assert.Equal(["en", "zh"], languages.Keys.Order(StringComparer.Ordinal));
            foreach (var (language, text) in languages)
            {
                var remedy = text.TryGetProperty("remedy", out var r) ? r.GetString() : null;
                Assert.False(string.IsNullOrWhiteSpace(text.GetProperty("title").GetString()), $"{code} {language}: title");
                Assert.Matches(language == "zh" ? "[。！]$" : "[.!]$", text.GetProperty("detail").GetString());
                Assert.Matches(language == "zh" ? "^$|[。！]$" : "^$|[.!]$", remedy ?? string.Empty);
                Assert.True(language == "en" || Han().IsMatch(text.GetProperty("detail").GetString()!), $"{code}: Chinese is not Chinese");
                Assert.True(language == "zh" || !Han().IsMatch(Quoted().Replace(text.GetRawText(), "")), $"{code}: English holds Chinese");
            }

            Assert.Equal(languages["zh"].TryGetProperty("remedy", out var zh) && zh.GetString() is not null, languages["en"].TryGetProperty("remedy", out var en) && en.GetString() is not null);
        }
    }

    /// <summary>The header is for programs.</summary>
    [Fact]
    public void Texts_NameNoHeaderThatPeopleCannotSee() =>
        TheAssembly.AssertNone(Texts.Where(t => t.Value.Values.Any(v => v.GetRawText().Contains("Retry-After", StringComparison.OrdinalIgnoreCase))).Select(t => t.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void FieldNames_AreThoseOfTheForm()
    {
        var names = Texts.Where(t => t.Key.StartsWith(FieldNames, StringComparison.Ordinal)).ToArray();

        Assert.True(names.Length > 20, $"Only {names.Length} names of fields.");
        Assert.All(names, n =>
        {
            var label = TheBook.Shipped.FindField(n.Key[FieldNames.Length..])!.Label;
            Assert.Equal((label.Zh, label.En), (n.Value["zh"].GetProperty("title").GetString(), n.Value["en"].GetProperty("title").GetString()));
        });
    }

    /// <summary>What refuses or warns says what to do; a statement, such as one of a province's rules in an outlook, need not.</summary>
    [Fact]
    public void Refusals_SayWhatToDo()
    {
        string[] statements = ["name.", "deadline.", "outlook.", "retention.", "faceCheck.reason.", "letter.print", "ocr.typedByHand", "content.review", "notice.", "notify.noPermission", "moderation.deferred", "demand.field"];

        TheAssembly.AssertNone(Texts.Where(t => !statements.Any(s => t.Key.StartsWith(s, StringComparison.Ordinal)) && t.Value["zh"].GetProperty("remedy").GetString() is null)
            .Select(t => t.Key).Order(StringComparer.Ordinal));
    }

    /// <summary>Whoever says a code with placeholders names their values in the same method.</summary>
    [Fact]
    public void Placeholders_AreFilledWhereTheCodeIsSaid()
    {
        var wanting = new List<string>();
        var seen = 0;
        foreach (var (method, literals) in TheAssembly.Literals())
        {
            foreach (var code in literals.Where(Texts.ContainsKey).Except(ValuesFromElsewhere).Distinct(StringComparer.Ordinal))
            {
                var names = PlaceholdersOf(code).Except(FilledEverywhere).ToArray();
                seen += names.Length;
                wanting.AddRange(names.Where(n => !literals.Contains(n)).Select(n => $"{method.FullName} says {code} without {{{n}}}"));
            }
        }

        Assert.True(seen > 20, $"Only {seen} placeholders found.");
        TheAssembly.AssertNone(wanting);
    }

    /// <summary>Codes whose values come from elsewhere: from the one place that words results of checks or measures fields, or they are only compared with.</summary>
    private static readonly string[] ValuesFromElsewhere =
        ["check.unavailable", "check.notDisclosed", "check.forReviewer", "request.tooLong", "request.tooMany", "domain.normalised", "text.invisible", "text.fullWidth", "text.emoji"];

    /// <summary>Placeholders that need no value from whoever says the code.</summary>
    private static readonly string[] FilledEverywhere = ["wait"];

    private static IEnumerable<string> Said() =>
        TheAssembly.Literals().SelectMany(m => m.Literals).Where(l => Code().IsMatch(l)).Except(NotCodes).Except(TheBook.Shipped.Tables.Fields.Select(f => f.Id))
            .Except(ConsoleWords.Load().Keys).Except(ReasonFields.All.Keys).Where(l => !IsOfTheConsole(l))
            .Concat(TheBook.Rules.Names.Select(n => n.Code))
            .Concat(Enum.GetValues<FilingState>().Select(s => "name.state." + FilingTransitions.NameOf(s)))
            .Concat(Texts.Keys.Where(t => t.StartsWith("name.check.", StringComparison.Ordinal) && TheAssembly.Literals().Any(m => m.Literals.Contains(t["name.check.".Length..]))))
            .Concat(Texts.Keys.Where(t => t.StartsWith(FieldNames, StringComparison.Ordinal) && TheBook.Shipped.FindField(t[FieldNames.Length..]) is not null))
            .Concat(Texts.Keys.Where(t => CharacterName().IsMatch(t)))
            .Concat(Parts().Select(p => "name.part." + p))
            .Concat(Messages())
            .Distinct(StringComparer.Ordinal);

    /// <summary>Names of its routes and files.</summary>
    private static bool IsOfTheConsole(string literal) => literal.StartsWith("console.", StringComparison.Ordinal) && !Texts.ContainsKey(literal);

    /// <summary>The messages that moves and reminders put into the inbox.</summary>
    private static IEnumerable<string> Messages() =>
        Enum.GetValues<FilingAction>().Where(a => a != FilingAction.Remind && Filing.Tells(a)).Select(FilingTransitions.NameOf)
            .Concat(["draftExpiring", "smsWaiting", "smsSecondText", "policeFiling", "resourceEnding", "waitingForYou", "callAgain"]).Select(m => "notification." + m);

    private static IEnumerable<string> Parts() => TheBook.Shipped.Tables.Materials.SelectMany(m => m.Parts).Distinct();

    private static string[] PlaceholdersOf(string code) =>
        [.. Texts[code].Values.SelectMany(t => Placeholder().Matches(t.GetRawText())).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$(?<!\.(json|db|sql|cn|html))")]
    private static partial Regex Code();

    /// <summary>The name of a character, said of its number.</summary>
    [GeneratedRegex(@"^name\.character\.U\+[0-9A-F]{4,6}$")]
    private static partial Regex CharacterName();

    [GeneratedRegex(@"\{([A-Za-z0-9]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    /// <summary>Chinese that an English reader has to type or look for: an example of a number, and what stands in quotes.</summary>
    [GeneratedRegex("京ICP备2026000001号|“[^”]*”")]
    private static partial Regex Quoted();
}
