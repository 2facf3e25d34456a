namespace Beian.MiniApi.Domain.Filings;

/// <summary>Where a filing stands. Members are never renumbered; they travel and are stored by name.</summary>
public enum FilingState
{
    /// <summary>草稿: being filled in.</summary>
    Draft = 1,

    /// <summary>草稿失效: 30 days without a save; readable and copyable, holds nothing.</summary>
    DraftExpired = 2,

    /// <summary>提交校验中: submitted, the checks that take time still run.</summary>
    Checking = 3,

    /// <summary>接入商审核中.</summary>
    ProviderReview = 4,

    /// <summary>接入商审核待修改: the reviewer marked fields to mend.</summary>
    ModificationRequested = 5,

    /// <summary>初审驳回.</summary>
    ProviderRejected = 6,

    /// <summary>待提交管局.</summary>
    PendingAuthority = 7,

    /// <summary>工信部短信核验: the principals enter the code MIIT sent them, within 24 hours.</summary>
    SmsVerification = 8,

    /// <summary>短信核验失败.</summary>
    SmsFailed = 9,

    /// <summary>管局审核中.</summary>
    AuthorityReview = 10,

    /// <summary>管局驳回.</summary>
    AuthorityRejected = 11,

    /// <summary>已备案.</summary>
    Approved = 12,

    /// <summary>已放弃.</summary>
    Abandoned = 13,
}

/// <summary>What a filing is for; derived at verification, never chosen.</summary>
public enum FilingKind
{
    /// <summary>首次备案: neither subject nor domain is filed.</summary>
    FirstFiling = 1,

    /// <summary>新增网站: a subject filed here adds a site.</summary>
    AddSite = 2,
}

/// <summary>Everything that can happen to a filing.</summary>
public enum FilingAction
{
    Edit = 1,
    ConfirmSubject = 2,
    Submit = 3,
    Withdraw = 4,
    Abandon = 5,

    /// <summary>Evidence that arrives from outside: a check, a face result. Never counts as an edit.</summary>
    RecordEvidence = 6,
    PassChecks = 7,
    FailChecks = 8,
    Claim = 9,
    Release = 10,
    LapseClaim = 11,
    LogCall = 12,

    /// <summary>The second counted unanswered call.</summary>
    RejectUnreachable = 13,
    Approve = 14,
    RequestModification = 15,
    Reject = 16,
    SubmitToAuthority = 17,
    RecordSms = 18,
    CompleteSms = 19,
    FailSms = 20,
    RecordAuthorityApproval = 21,
    RecordAuthorityRejection = 22,
    Remind = 23,
    ExpireDraft = 24,

    /// <summary>45 days without the applicant acting.</summary>
    ReturnToDraft = 25,

    /// <summary>Staff or the authority are later than promised: for the provider's own people, never told to the applicant.</summary>
    Escalate = 26,

    /// <summary>复审: the first of two reviewers approved; never told to the applicant.</summary>
    ConfirmFirst = 27,

    /// <summary>The applicant says when to be called.</summary>
    SetCallWindow = 28,
}
