using System.Globalization;
using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>Refusals of a filing.</summary>
public static class FilingErrors
{
    public static DomainError NotFound() => new("filing.notFound", ErrorKind.NotFound);

    public static DomainError SiteNotFound() => new("site.notFound", ErrorKind.NotFound);

    public static DomainError AnotherOpen() => new("filing.anotherOpen", ErrorKind.Conflict);

    public static DomainError StateConflict(FilingState state, Role role) => new("filing.stateConflict", ErrorKind.Conflict)
    {
        State = FilingTransitions.NameOf(state),
        AllowedActions = FilingTransitions.AllowedActions(state, role),
        Args = Texts.Args(("state", "name.state." + FilingTransitions.NameOf(state))),
    };

    public static DomainError NotYours(FilingAction action) =>
        new("filing.actionNotYours", ErrorKind.Forbidden) { Args = Texts.Args(("action", FilingTransitions.NameOf(action))) };

    public static DomainError FieldLocked(IEnumerable<string> pointers) =>
        new("filing.fieldLocked", ErrorKind.Conflict) { Errors = [.. pointers.Select(p => new Finding(p, "filing.fieldLocked"))] };

    /// <param name="current">The step as stored, so that the client can merge.</param>
    public static DomainError VersionConflict(int currentVersion, object? current) =>
        new("filing.versionConflict", ErrorKind.Stale) { CurrentVersion = currentVersion, Current = current };

    /// <summary>Written to so often that a save without a version could not get in; the caller may simply repeat it.</summary>
    public static DomainError Busy() => new("filing.busy", ErrorKind.Conflict) { RetryAfter = TimeSpan.FromSeconds(1) };

    public static DomainError Incomplete(IReadOnlyList<Finding> open) => new("filing.incomplete", ErrorKind.Unprocessable) { Errors = open };

    /// <summary>The values were stored; the checks that failed are listed.</summary>
    public static DomainError VerificationFailed(IReadOnlyList<Finding> failed, int version) =>
        new("verification.failed", ErrorKind.Unprocessable) { Errors = failed, Version = version };

    /// <param name="accepted">What the province accepts of a changed subject; the two likeliest changes are told.</param>
    public static DomainError SubjectChanged(IReadOnlyList<ChangeAnswer> accepted) => new("filing.subjectChanged", ErrorKind.Conflict)
    {
        Args = Texts.Args(("change", accepted[0].Words), ("further", accepted[1].Words)),
    };

    public static DomainError NotAnAddedSite() => new("filing.noSubjectToConfirm", ErrorKind.Conflict);

    public static DomainError SubjectNotFound() =>
        new("subject.notFound", ErrorKind.Unprocessable) { Errors = [new Finding("/subjectId", "subject.notFound")] };

    public static DomainError CopySourceNotFound() =>
        new("filing.copySourceNotFound", ErrorKind.Unprocessable) { Errors = [new Finding("/copyFrom", "filing.copySourceNotFound")] };

    public static DomainError TooManySites(int limit) =>
        new("site.tooMany", ErrorKind.Conflict) { Args = Texts.Args(("limit", limit.ToString(CultureInfo.InvariantCulture))) };

    public static DomainError VerifiedSite() => new("site.fromVerification", ErrorKind.Conflict);

    public static DomainError MaterialNotFound() => new("material.notFound", ErrorKind.NotFound);

    public static DomainError TooManyMaterials(int limit) =>
        new("material.tooMany", ErrorKind.Conflict) { Args = Texts.Args(("limit", limit.ToString(CultureInfo.InvariantCulture))) };
}
