namespace Beian.MiniApi.Domain.Resources;

/// <summary>Refusals about cloud resources.</summary>
public static class ResourceErrors
{
    /// <summary>Absent, or of another account: never told apart.</summary>
    public static DomainError NotFound() => new("resource.notFound", ErrorKind.NotFound);

    /// <summary>The same, for a resource that was named in a request's body.</summary>
    public static DomainError Unknown(string pointer) =>
        new("resource.notFound", ErrorKind.Unprocessable) { Errors = [new Finding(pointer, "resource.notFound")] };

    /// <summary>The resource does not qualify. The first reason is the code, all of them stand in <see cref="DomainError.Errors"/>.</summary>
    public static DomainError NotEligible(IReadOnlyList<Finding> reasons, string pointer) =>
        new(reasons[0].Code, ErrorKind.Unprocessable) { Args = reasons[0].Args, Errors = [.. reasons.Select(r => r with { Pointer = pointer })] };

    /// <summary>Neither a code nor a resource was named.</summary>
    public static DomainError ChoiceIncomplete() => new("resource.choiceIncomplete", ErrorKind.Unprocessable);

    /// <summary>Fields of the inventory feed that cannot be stored.</summary>
    public static DomainError BadFields(IReadOnlyList<Finding> fields) => new("resource.invalid", ErrorKind.Unprocessable) { Errors = fields };
}
