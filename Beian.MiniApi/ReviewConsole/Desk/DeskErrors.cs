using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Refusals of the page of a filing that the API does not know: it has no page that could be out of date.</summary>
public static class DeskErrors
{
    /// <summary>An approval while fields are marked for mending: the marks would be lost.</summary>
    public static DomainError MarksLeft() => new("desk.marksLeft", ErrorKind.Conflict);

    /// <summary>A decision while a note on a call is typed and not logged: it would be lost.</summary>
    public static DomainError CallLeft() => new("desk.callLeft", ErrorKind.Conflict);

    /// <summary>The filing changed after the page was shown.</summary>
    public static DomainError ChangedMeanwhile() => new("desk.changedMeanwhile", ErrorKind.Conflict);
}
