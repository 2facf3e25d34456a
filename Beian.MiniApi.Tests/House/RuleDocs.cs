using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Rules.Packs;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Beian.MiniApi.Tests.House;

/// <summary>The table of keys in <c>docs/rules.md</c>: keys and shapes are the program's, the meanings the document's own.</summary>
internal static class RuleDocs
{
    public const string Path = "docs/rules.md";
    public const string Shown = "**shown**";

    private const string Heading = "## Keys";
    private const string Head = "| key | value | what it judges |\n|---|---|---|\n";

    /// <summary>Meaning by key, as the document has it.</summary>
    public static IReadOnlyDictionary<string, string> Meanings() =>
        Repository.Table(Repository.Read(Path), Heading).ToDictionary(r => r[0].Trim('`'), r => r[2], StringComparer.Ordinal);

    /// <summary>The document with its table made anew; a key without a line gets one without a meaning.</summary>
    public static string Markdown()
    {
        var text = Repository.Read(Path);
        var meanings = Meanings();
        var begin = text.IndexOf(Head, text.IndexOf(Heading, StringComparison.Ordinal), StringComparison.Ordinal) + Head.Length;
        var end = text.IndexOf("\n\n", begin, StringComparison.Ordinal);
        var rows = Keys().Select(key => $"| `{key}` | {Shape(RuleKeys.Types[key])} | {meanings.GetValueOrDefault(key)} |");
        return text[..begin] + string.Join('\n', rows) + text[end..];
    }

    /// <summary>Keys that some code of the domain asks for by name; what only tells beforehand what will be asked does not judge.</summary>
    public static IReadOnlySet<string> Judged()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        var literals = assembly.MainModule.GetTypes()
            .Where(t => (t.DeclaringType ?? t) is var outer && outer.Namespace.StartsWith("Beian.MiniApi.Domain", StringComparison.Ordinal) && outer.Namespace != typeof(FilingOutlook).Namespace && outer.Name != nameof(RuleKeys))
            .SelectMany(t => t.Methods).Where(m => m.HasBody)
            .SelectMany(m => m.Body.Instructions).Where(i => i.OpCode == OpCodes.Ldstr).Select(i => (string)i.Operand);
        return literals.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Every member of the open form by its path, such as <c>when.person.who</c>.</summary>
    public static IEnumerable<string> DemandMembers(Type? type = null, string path = "")
    {
        foreach (var parameter in Members(type ?? typeof(Demand)))
        {
            var name = path + JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            yield return name;
            if (parameter.ParameterType.Namespace == typeof(Demand).Namespace && !parameter.ParameterType.IsGenericType)
            {
                foreach (var inner in DemandMembers(parameter.ParameterType, name + "."))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>In the order of the source, which the dictionary does not keep: that of the document, new ones last.</summary>
    private static IEnumerable<string> Keys()
    {
        var known = Repository.Table(Repository.Read(Path), Heading).Select(r => r[0].Trim('`')).Where(RuleKeys.Types.ContainsKey).ToArray();
        return known.Concat(RuleKeys.Types.Keys.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string Shape(Type type, NullabilityInfo? nullability = null)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        var optional = (nullability is not null && nullability.ReadState == NullabilityState.Nullable) || (inner != type && nullability is not null) ? "?" : string.Empty;
        if (inner != typeof(string) && typeof(IEnumerable).IsAssignableFrom(inner))
        {
            return $"[{Shape(inner.GetGenericArguments()[0])}]{optional}";
        }

        return (inner switch
        {
            _ when inner == typeof(string) => "text",
            _ when inner == typeof(bool) => "bool",
            _ when inner == typeof(int) => "number",
            _ when inner == typeof(DateOnly) => "date",
            _ when inner == typeof(Demand) => "[the open form](#the-open-form)",
            _ => Record(inner),
        }) + optional;
    }

    private static string Record(Type type)
    {
        var context = new NullabilityInfoContext();
        var text = new StringBuilder("{ ");
        foreach (var parameter in Members(type))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            var generic = type.IsGenericType ? "?" : string.Empty;
            text.Append(text.Length > 2 ? ", " : string.Empty).Append(name).Append(parameter.HasDefaultValue ? "?" : string.Empty).Append(": ")
                .Append(generic.Length > 0 ? Shape(parameter.ParameterType) + generic : Shape(parameter.ParameterType, context.Create(parameter)));
        }

        return text.Append(" }").ToString();
    }

    private static ParameterInfo[] Members(Type type) => type.GetConstructors().Single(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).GetParameters();
}
