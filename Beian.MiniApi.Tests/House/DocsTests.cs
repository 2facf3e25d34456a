using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Configuration;

namespace Beian.MiniApi.Tests.House;

/// <summary>The documents say what the code does. A failing one prints the text to paste; <c>BEIAN_WRITE_DOCS=1</c> writes it.</summary>
public sealed class DocsTests
{
    private const string Sample = "appsettings.sample.json";

    [Fact]
    public void Errors_InTheDocument_AreThoseOfTheProgram()
    {
        Assert.Contains("filing.stateConflict", ErrorDocs.Statuses().Keys);

        Repository.Holds("docs/errors.md", ErrorDocs.Markdown());
    }

    [Fact]
    public void States_InTheDocument_AreThoseOfTheTable() => Repository.Holds("docs/states.md", StateDocs.Markdown());

    [Fact]
    public void Settings_InTheDocument_AreThoseOfTheOptions()
    {
        var settings = SettingsDocs.All();
        Assert.NotEmpty(settings);
        Assert.Empty(settings.Where(s => s.Meaning.Length == 0).Select(s => s.Key));

        Repository.Holds("docs/settings.md", SettingsDocs.Markdown());
    }

    [Fact]
    public void Sample_BoundToTheOptions_IsValidAndComplete()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, Sample)).Build();
        foreach (var (section, type) in SettingsDocs.Classes())
        {
            var options = Activator.CreateInstance(type)!;
            Without(configuration, NestedIn(section)).GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            var wrong = new List<ValidationResult>();
            Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
            Assert.Empty(section == "Sandbox:WeChat" ? [] : wrong.Select(w => $"{section}: {w.ErrorMessage}"));
        }

        var named = configuration.AsEnumerable().Select(p => System.Text.RegularExpressions.Regex.Replace(p.Key, @":\d+(?=:|$)", ":{n}")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], SettingsDocs.All().Select(s => s.Key).Where(k => !named.Contains(k) && !k.StartsWith("Sandbox:WeChat:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sample_WithItsPlaceholders_IsRefusedOutsideDevelopment()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, Sample)).Build();

        var reasons = StartupGuards.Reasons(new Somewhere("Production"), configuration);

        Assert.Contains(reasons, r => r.Contains("Auth:SigningKeys:0:Key", StringComparison.Ordinal));
        Assert.Contains(reasons, r => r.Contains("Keys:BlindIndex", StringComparison.Ordinal));
    }

    [Fact]
    public void Glossary_Identifiers_AreThereInTheCode()
    {
        var names = typeof(Program).Assembly.GetTypes().SelectMany(t => t.GetMembers().Select(m => m.Name).Append(t.Name)).ToHashSet(StringComparer.Ordinal);
        var rows = Repository.Table(Repository.Read("docs/glossary.md"), "## Terms");

        Assert.NotEmpty(rows);
        Assert.Equal([], rows.Select(r => r[1].Trim('`')).Where(identifier => !names.Contains(identifier)));
    }

    [Fact]
    public void Placeholders_InTheDocument_AreThoseOfTheLetters() => Assert.Equal(
        LetterFields.All.Select(f => $"`{{{f.Placeholder}}}`").Order(StringComparer.Ordinal),
        Repository.Table(Repository.Read("docs/letters.md"), "## Placeholders").Select(r => r[0]).Order(StringComparer.Ordinal));

    /// <summary>Sections with an options class of their own below that one.</summary>
    private static IEnumerable<string> NestedIn(string section) => SettingsDocs.Classes().Select(c => c.Section).Where(s => s.StartsWith(section + ":", StringComparison.Ordinal));

    private static IConfigurationRoot Without(IConfigurationRoot configuration, IEnumerable<string> sections) => new ConfigurationBuilder()
        .AddInMemoryCollection(configuration.AsEnumerable().Where(p => !sections.Any(s => p.Key == s || p.Key.StartsWith(s + ":", StringComparison.Ordinal))))
        .Build();

    private sealed record Somewhere(string EnvironmentName) : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = EnvironmentName;

        public string ApplicationName { get; set; } = "Beian.MiniApi";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
