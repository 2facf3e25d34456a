using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>What it means that a reservation belongs to another filing.</summary>
public static class HoldErrors
{
    /// <summary>How often what was reserved is chosen anew after somebody else took it between check and save.</summary>
    public const int MaxAttempts = 5;

    /// <summary>True when the checks behind a save were overtaken: running them again finds the next free slot, or says whose turn it is.</summary>
    public static bool WasOvertaken(Answer answer) =>
        answer.Error?.Code is "domain.inUse" or "authCode.inUse" or "resource.quotaFull" or "subject.openFilingElsewhere" or "filing.busy";

    public static DomainError Taken(string hold) => hold.Split(':')[0] switch
    {
        "open" => FilingErrors.AnotherOpen(),
        "account" => AccountErrors.NotFound(),
        "domain" => new DomainError("domain.inUse", ErrorKind.Conflict) { Errors = [new Finding("/domain", "domain.inUse")] },
        "code" => new DomainError("authCode.inUse", ErrorKind.Conflict) { Errors = [new Finding("/resource", "authCode.inUse")] },
        "slot" => new DomainError("resource.quotaFull", ErrorKind.Conflict) { Errors = [new Finding("/resource", "resource.quotaFull")] },
        "subject" => new DomainError("subject.openFilingElsewhere", ErrorKind.Conflict) { Errors = [new Finding("/certificateNumber", "subject.openFilingElsewhere")] },
        "number" => ReviewErrors.BadNumbers([new Finding(hold.EndsWith('号') ? "/subjectNumber" : "/siteNumbers", "review.numberTaken")]),
        var other => throw new ArgumentOutOfRangeException(nameof(hold), other, "A reservation of an unknown kind."),
    };
}
