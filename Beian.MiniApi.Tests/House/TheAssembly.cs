using Beian.MiniApi.Domain;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Beian.MiniApi.Tests.House;

/// <summary>One use of something by a member of ours.</summary>
/// <param name="From">The outermost type that uses it; lambdas, iterators and async bodies count as the type they stand in.</param>
/// <param name="To">The type used.</param>
/// <param name="Member">The method or field used, or null where only the type is named.</param>
internal sealed record Use(TypeDefinition From, TypeReference To, string? Member);

/// <summary>The built assembly as its instructions show it. Constants are compiled into their users, so a wall cannot see them.</summary>
internal static class TheAssembly
{
    public const string Root = "Beian.MiniApi";

    private static readonly Lazy<ModuleDefinition> Module = new(() => ModuleDefinition.ReadModule(typeof(DomainError).Assembly.Location));

    /// <summary>Our outermost types; what the compiler puts into namespaces of its own is left out.</summary>
    public static IEnumerable<TypeDefinition> Types => Module.Value.Types.Where(t => t.Name == "Program" || t.Namespace == Root || t.Namespace.StartsWith(Root + ".", StringComparison.Ordinal));

    public static bool IsOurs(TypeReference type) => Outermost(type) is { } t && (t.Name == "Program" || t.Namespace.StartsWith(Root, StringComparison.Ordinal)) && t.Scope == Module.Value;

    public static TypeReference Outermost(TypeReference type)
    {
        var outer = type.GetElementType();
        while (outer.DeclaringType is { } declaring)
        {
            outer = declaring.GetElementType();
        }

        return outer;
    }

    /// <summary>Every type with the types inside it.</summary>
    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    public static IEnumerable<Use> Uses() => Types.SelectMany(outer => WithNested(outer).SelectMany(UsesOf).SelectMany(u => Spread(u.Type).Select(t => new Use(outer, t, u.Member))));

    /// <summary>Methods with the string literals they load, in order.</summary>
    public static IEnumerable<(MethodDefinition Method, IReadOnlyList<string> Literals)> Literals() =>
        from type in Types.SelectMany(WithNested)
        from method in type.Methods
        where method.HasBody
        let literals = method.Body.Instructions.Where(i => i.OpCode == OpCodes.Ldstr).Select(i => (string)i.Operand).ToArray()
        where literals.Length > 0
        select (method, (IReadOnlyList<string>)literals);

    /// <summary>Fails with every line of it, unlike an assertion that shows the first few.</summary>
    public static void AssertNone(IEnumerable<string> wrong)
    {
        var lines = wrong.ToArray();
        Assert.True(lines.Length == 0, string.Join(Environment.NewLine, lines));
    }

    private static IEnumerable<(TypeReference Type, string? Member)> UsesOf(TypeDefinition type)
    {
        var named = new List<TypeReference?> { type.BaseType };
        named.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        named.AddRange(type.Fields.Select(f => f.FieldType));
        named.AddRange(type.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType));
        named.AddRange(type.CustomAttributes.Concat(type.Properties.SelectMany(p => p.CustomAttributes)).Concat(type.Methods.SelectMany(m => m.CustomAttributes)).SelectMany(AttributeTypes));
        foreach (var method in type.Methods)
        {
            named.Add(method.ReturnType);
            named.AddRange(method.Parameters.Select(p => p.ParameterType));
            named.AddRange(method.GenericParameters.SelectMany(g => g.Constraints).Select(c => c.ConstraintType));
            if (method.HasBody)
            {
                named.AddRange(method.Body.Variables.Select(v => v.VariableType));
                named.AddRange(method.Body.ExceptionHandlers.Select(h => h.CatchType));
            }
        }

        var bodies = type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(OperandUses);
        return named.OfType<TypeReference>().Select(t => (t, (string?)null)).Concat(bodies);
    }

    private static IEnumerable<(TypeReference Type, string? Member)> OperandUses(Instruction instruction) => instruction.Operand switch
    {
        MethodReference m =>
        [
            (m.DeclaringType, m.Name), (m.ReturnType, null), .. m.Parameters.Select(p => (p.ParameterType, (string?)null)),
            .. m is GenericInstanceMethod g ? g.GenericArguments.Select(a => (a, (string?)null)) : [],
        ],
        FieldReference f => [(f.DeclaringType, f.Name), (f.FieldType, null)],
        TypeReference t => [(t, null)],
        _ => [],
    };

    private static IEnumerable<TypeReference> AttributeTypes(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(a => a.Value).OfType<TypeReference>().Prepend(attribute.AttributeType);

    /// <summary>The type itself and everything in its angle brackets, arrays and references.</summary>
    private static IEnumerable<TypeReference> Spread(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType g => g.GenericArguments.SelectMany(Spread).Append(g.ElementType),
        TypeSpecification s => Spread(s.ElementType),
        _ => [type],
    };
}
