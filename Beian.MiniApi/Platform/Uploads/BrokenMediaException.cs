using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Ends the reading of a file that makes no sense; caught where the reading began and answered with its refusal.</summary>
#pragma warning disable CA1032 // Never made without its refusal, never thrown across a wall.
internal sealed class BrokenMediaException(DomainError refusal) : Exception(refusal.Code)
#pragma warning restore CA1032
{
    public DomainError Refusal => refusal;

    public static BrokenMediaException Unreadable() => new(MaterialErrors.Unreadable());

    public static BrokenMediaException CutOff() => new(MaterialErrors.CutOff());

    public static BrokenMediaException Foreign() => new(MaterialErrors.ForeignContent());
}
