using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>Refusals of requests that cannot be read, whatever they ask for.</summary>
public static class RequestErrors
{
    public static DomainError Malformed(string pointer = "") =>
        new("request.malformed", ErrorKind.Invalid) { Errors = pointer.Length == 0 ? [] : [new Finding(pointer, "request.malformed")] };

    public static DomainError UnknownField(string pointer) =>
        new("request.unknownField", ErrorKind.Invalid) { Args = Texts.Args(("field", pointer)), Errors = [new Finding(pointer, "request.unknownField") { Args = Texts.Args(("field", pointer)) }] };

    public static DomainError DuplicateField(string pointer) =>
        new("request.duplicateField", ErrorKind.Invalid) { Args = Texts.Args(("field", pointer)), Errors = [new Finding(pointer, "request.duplicateField") { Args = Texts.Args(("field", pointer)) }] };

    /// <summary>Readable JSON of a wrong type or over a hard limit; one finding per field.</summary>
    public static DomainError Invalid(params IReadOnlyList<Finding> fields) => new("request.invalid", ErrorKind.Invalid) { Errors = fields };

    public static DomainError WrongType(string pointer) => Invalid(new Finding(pointer, "request.wrongType"));

    public static DomainError BodyTooLarge(long limitBytes) =>
        new("request.tooLarge", ErrorKind.TooLarge) { Args = Texts.Args(("limit", limitBytes.ToString(System.Globalization.CultureInfo.InvariantCulture))) };

    public static DomainError NotJson() => new("request.notJson", ErrorKind.UnsupportedType);

    public static DomainError RouteNotFound() => new("request.routeNotFound", ErrorKind.NotFound);

    public static DomainError MethodNotAllowed() => new("request.methodNotAllowed", ErrorKind.BadMethod);

    public static DomainError BadIfMatch() => new("request.badIfMatch", ErrorKind.Invalid);

    public static DomainError BadCursor() => Invalid(new Finding("/cursor", "request.badCursor"));

    public static DomainError BadLimit() => Invalid(new Finding("/limit", "request.badLimit"));
}
