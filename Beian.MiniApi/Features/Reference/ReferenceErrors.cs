using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Refusals of the reference routes.</summary>
public static class ReferenceErrors
{
    private const int MaxEchoed = 40;

    public static DomainError UnknownSet(string set) => new("reference.unknownSet", ErrorKind.NotFound) { Args = Texts.Args(("set", Clip(set))) };

    public static DomainError UnknownProvince(string code) => new("reference.unknownProvince", ErrorKind.NotFound) { Args = Texts.Args(("code", Clip(code))) };

    /// <summary>A query parameter that must be there.</summary>
    public static Finding MissingParameter(string pointer) => new(pointer, "reference.missingParameter") { Args = Texts.Args(("parameter", pointer[1..])) };

    public static Finding NotAProvince(string pointer, string code) => new(pointer, "reference.unknownProvince") { Args = Texts.Args(("code", Clip(code))) };

    public static Finding NotANature(string pointer, string code) => new(pointer, "reference.unknownNature") { Args = Texts.Args(("code", Clip(code))) };

    public static Finding NotAKind(string pointer, string kind) => new(pointer, "reference.unknownKind") { Args = Texts.Args(("kind", Clip(kind))) };

    private static string Clip(string text) => text.Length > MaxEchoed ? text[..MaxEchoed] + "…" : text;
}
