using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Features.Reference;

/// <summary>Whoever reads English reads the data's names in English as well.</summary>
public sealed partial class EnglishReferenceTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Base = "/api/v1/reference/";
    private readonly TestApp _app = running.App;

    [Theory]
    [InlineData("provinces", "name", "notes")]
    [InlineData("subject-natures", "name")]
    [InlineData("certificate-types", "name")]
    [InlineData("service-contents", "name")]
    [InlineData("languages", "name")]
    [InlineData("pre-approval-types", "name", "document")]
    [InlineData("materials", "name", "condition", "notes")]
    public async Task Get_EveryRow_HasItsTextsInEnglish(string set, params string[] texts)
    {
        var root = await GetAsync(set);
        JsonElement[] rows = [.. root.GetProperty("items").EnumerateArray(), .. root.TryGetProperty("groups", out var groups) ? groups.EnumerateArray().ToArray() : []];

        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            foreach (var text in texts.Where(t => row.TryGetProperty(t, out _)))
            {
                var (chinese, english) = (Said(row.GetProperty(text)), Said(row.GetProperty(text + "En")));
                Assert.Equal(chinese.Length, english.Length);
                Assert.All(english, e => Assert.False(string.IsNullOrWhiteSpace(e) || Chinese().IsMatch(e), $"{set}: '{e}' in {row.GetRawText()}"));
            }
        }
    }

    [Fact]
    public async Task GetRequirements_InEnglish_NamesEverythingInEnglish()
    {
        var provinces = await GetAsync("provinces");
        foreach (var code in provinces.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("code").GetString()))
        {
            foreach (var nature in new[] { 2, 4, 5 })
            {
                var outlook = await GetAsync($"requirements?province={code}&nature={nature}&kind=firstFiling");
                var papers = outlook.GetProperty("materials").EnumerateArray().SelectMany(p => Said(p.GetProperty("name")).Concat(Said(p.GetProperty("notes"))));
                var notes = outlook.GetProperty("notes").EnumerateArray().Where(n => n.GetProperty("about").GetString() != "conflict").SelectMany(n => Said(n.GetProperty("text")));
                var rules = Texts(outlook).Where(t => Chinese().IsMatch(Quoted().Replace(t, string.Empty)));
                string?[] names = [outlook.GetProperty("province").GetProperty("name").GetString(), outlook.GetProperty("nature").GetProperty("name").GetString()];
                Assert.All([.. names, .. papers, .. notes], e => Assert.DoesNotMatch(Chinese(), e!));
                Assert.Empty(rules);
            }
        }
    }

    [Fact]
    public void Find_WithNamesOfTheDataInItsValues_SaysThemInTheReadersLanguage()
    {
        var texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")).With(ReferenceNames.Of(TheBook.Shipped));
        string[] papers = [.. TheBook.Shipped.Tables.Materials.Take(2).Select(m => m.NameCode)];
        var args = MiniApi.Domain.Texts.Args(("material", papers[0]), ("part", string.Empty), ("others", string.Join('、', papers)));

        Assert.DoesNotMatch(Chinese(), texts.Find("material.oneOfMissing", english: true, args).Detail);
        Assert.Contains("主办单位有效证件、居民身份证", texts.Word(args["others"], english: false), StringComparison.Ordinal);
        Assert.Equal("Certificate of the organiser, Resident identity card (portrait and emblem sides)", texts.Word(args["others"], english: true));
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Base + path);
        request.Headers.Add("Accept-Language", "en");
        using var answer = await _app.Client.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>What the fields, people and conditions of papers say; the words that are looked for are Chinese, and quoted.</summary>
    private static IEnumerable<string> Texts(JsonElement outlook)
    {
        var fields = outlook.GetProperty("fields").EnumerateArray().ToArray();
        var rules = fields.Concat(outlook.GetProperty("people").EnumerateArray()).SelectMany(f => f.GetProperty("rules").EnumerateArray()).Select(r => r.GetProperty("text"));
        var conditions = outlook.GetProperty("materials").EnumerateArray().Select(p => p.GetProperty("condition"));
        return fields.SelectMany(f => new[] { f.GetProperty("label"), f.GetProperty("hint") }).Concat(rules).Concat(conditions).SelectMany(Said);
    }

    private static string[] Said(JsonElement text) => text.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. text.EnumerateArray().Select(t => t.GetString()!)],
        _ => [text.GetString()!],
    };

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")]
    private static partial Regex Chinese();
}
