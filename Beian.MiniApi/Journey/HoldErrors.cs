using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Journey;

/// <summary>What it means that a reservation belongs to another filing.</summary>
public static class HoldErrors
{
    public static DomainError Taken(string hold) => hold.Split(':')[0] switch
    {
        "open" => FilingErrors.AnotherOpen(),
        "domain" => new DomainError("domain.inUse", ErrorKind.Conflict) { Errors = [new Finding("/domain", "domain.inUse")] },
        "code" => new DomainError("authCode.inUse", ErrorKind.Conflict) { Errors = [new Finding("/resource", "authCode.inUse")] },
        "slot" => new DomainError("resource.quotaFull", ErrorKind.Conflict) { Errors = [new Finding("/resource", "resource.quotaFull")] },
        "subject" => new DomainError("subject.openFilingElsewhere", ErrorKind.Conflict) { Errors = [new Finding("/certificateNumber", "subject.openFilingElsewhere")] },
        var other => throw new ArgumentOutOfRangeException(nameof(hold), other, "A reservation of an unknown kind."),
    };
}
