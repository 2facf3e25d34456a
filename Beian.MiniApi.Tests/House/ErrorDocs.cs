using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Beian.MiniApi.Tests.House;

/// <summary>Every code of the API with its status, read from the compiled program and the texts.</summary>
internal static class ErrorDocs
{
    /// <summary>Status by code, of every <see cref="DomainError"/> that the program makes with both written out.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> Statuses()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);
        return assembly.MainModule.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
            .SelectMany(m => Made(m.Body.Instructions))
            .GroupBy(m => m.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<int>)[.. g.Select(m => Problems.StatusOf(m.Kind)).Distinct().Order()], StringComparer.Ordinal);
    }

    private static TextCatalogue Catalogue() => TextCatalogue.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "texts"));

    public static string Markdown()
    {
        var texts = Catalogue();
        var statuses = Statuses();
        var text = new StringBuilder("# Errors\n\nEvery code a caller may meet, made from the program and its texts by `House/DocsTests`. A refusal is an `application/problem+json` whose `code` "
            + "is stable: program against it, show `title`, `detail` and `remedy` (Simplified Chinese, or English with `Accept-Language: en`). `{…}` is filled in when it happens.\n");
        text.Append("\n## Refusals\n\nThe `code` of a problem.\n\n| code | status | what happened | what to do |\n|---|---|---|---|\n");
        foreach (var (code, status) in statuses.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{code}` | {string.Join(", ", status)} | {Words(texts, code)} |\n");
        }

        text.Append("\n## Single findings\n\nCodes in `errors` of a problem, in `requirements`, in `reasons`, `hints`, checks and notifications.\n\n| code | what it says | what to do |\n|---|---|---|\n");
        foreach (var code in texts.Codes.Where(c => !statuses.ContainsKey(c) && !c.StartsWith("name.", StringComparison.Ordinal) && !c.StartsWith("outlook.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{code}` | {Words(texts, code)} |\n");
        }

        return text.ToString();
    }

    private static string Words(TextCatalogue texts, string code)
    {
        var text = texts.Find(code, english: true, new Dictionary<string, string>());
        return $"{text.Detail} | {text.Remedy}".Replace("\n", " ", StringComparison.Ordinal);
    }

    /// <summary>A code and a kind pushed as constants right before the constructor is called.</summary>
    private static IEnumerable<(string Code, ErrorKind Kind)> Made(Mono.Collections.Generic.Collection<Instruction> body)
    {
        for (var i = 2; i < body.Count; i++)
        {
            if (body[i].OpCode == OpCodes.Newobj && body[i].Operand is MethodReference { DeclaringType.Name: nameof(DomainError), Parameters.Count: 2 }
                && body[i - 2].Operand is string code && Constant(body[i - 1]) is { } kind)
            {
                yield return (code, (ErrorKind)kind);
            }
        }
    }

    private static int? Constant(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        Code.Ldc_I4 => (int)instruction.Operand,
        >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
        _ => null,
    };
}
