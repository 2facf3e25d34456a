using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Reasons;

/// <summary>Refusals of the texts for sending back.</summary>
public static class ReasonErrors
{
    public static DomainError NotFound() => new("reason.notFound", ErrorKind.NotFound);

    public static DomainError FieldUnknown() => new("reason.fieldUnknown", ErrorKind.Unprocessable);

    public static DomainError TooMany() =>
        new("reason.tooMany", ErrorKind.Conflict) { Args = Texts.Args(("max", IReasonStore.MaxReasons.ToString(System.Globalization.CultureInfo.InvariantCulture))) };
}
