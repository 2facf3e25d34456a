using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Refusals of the reference routes.</summary>
public static class ReferenceErrors
{
    private const int MaxEchoed = 40;

    public static DomainError UnknownSet(string set) => new("reference.unknownSet", ErrorKind.NotFound) { Args = Texts.Args(("set", Clip(set))) };

    public static DomainError UnknownProvince(string code) => new("reference.unknownProvince", ErrorKind.NotFound) { Args = Texts.Args(("code", Clip(code))) };

    private static string Clip(string text) => text.Length > MaxEchoed ? text[..MaxEchoed] + "…" : text;
}
