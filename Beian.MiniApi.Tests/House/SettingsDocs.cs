using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Beian.MiniApi.Tests.House;

/// <summary>One setting of the program.</summary>
/// <param name="Section">Section of its options class.</param>
/// <param name="Key">Full key, <c>{n}</c> standing for an index.</param>
/// <param name="Default">As it would be written; empty when there is none.</param>
/// <param name="Range">What is accepted, or empty.</param>
/// <param name="Meaning">From its documentation comment.</param>
internal sealed record Setting(string Section, string Key, string Default, string Range, string Meaning);

/// <summary>Every setting, read from the options classes.</summary>
internal static class SettingsDocs
{
    /// <summary>The options classes: those with a <c>Section</c>.</summary>
    public static IReadOnlyList<(string Section, Type Type)> Classes() =>
    [
        .. typeof(Program).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true })
            .Select(t => ((string)t.GetField("Section")!.GetRawConstantValue()!, t))
            .OrderBy(t => t.Item1, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Setting> All() => [.. Classes().SelectMany(c => Of(c.Section, c.Section, c.Type))];

    public static string Markdown()
    {
        var text = new StringBuilder("# Settings\n\nEvery setting of the program, made from its options classes by `House/DocsTests`. They come from `appsettings.json`, "
            + "`appsettings.{Environment}.json`, user secrets, environment variables (`Auth__SigningKeys__0__Id`), the command line (`--Storage:Folder=/data`) and the files of `Secrets:Folder`, the last one winning.\n");
        foreach (var (section, type) in Classes())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section}\n\n{XmlDocs.Summary("T:" + type.FullName)}\n\n| setting | default | accepted | meaning |\n|---|---|---|---|\n");
            foreach (var s in Of(section, section, type))
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{s.Key}` | {(s.Default.Length == 0 ? "" : $"`{s.Default}`")} | {s.Range} | {s.Meaning} |\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<Setting> Of(string section, string prefix, Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var isList = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IList<>);
            if (!property.CanWrite && !isList)
            {
                continue;
            }

            var key = $"{prefix}:{property.Name}";
            yield return new Setting(section, key, Text(property.GetValue(defaults)), RangeOf(property), XmlDocs.Summary($"P:{type.FullName}.{property.Name}"));
            if (isList && property.PropertyType.GetGenericArguments()[0] is { IsClass: true } item && item != typeof(string))
            {
                foreach (var member in Of(section, key + ":{n}", item))
                {
                    yield return member;
                }
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null or "" => string.Empty,
        bool b => b ? "true" : "false",
        string s => s,
        IEnumerable => "[]",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string RangeOf(PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
        var needed = property.GetCustomAttribute<RequiredAttribute>() is null ? string.Empty : "required";
        var accepted = range is not null
            ? $"{Text(range.Minimum)} to {Text(range.Maximum)}"
            : pattern is not null ? $"`{pattern.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}`" : string.Empty;
        return string.Join(", ", new[] { needed, accepted }.Where(x => x.Length > 0));
    }
}
