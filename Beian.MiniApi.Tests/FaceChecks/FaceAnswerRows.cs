namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>What every answer of a provider has to mean for a check, written down apart from the table.</summary>
internal static class FaceAnswerRows
{
    /// <summary>Numbers of Tencent Cloud's <c>Text.ErrCode</c> and what becomes of the check: an outcome with its reason, or a refusal with its status.</summary>
    public const string TencentResults = """
        0 passed; 1 500 faceCheck.misconfigured; 2 500 faceCheck.misconfigured; 3 500 faceCheck.misconfigured; 4 503 faceCheck.unavailable;
        8 503 faceCheck.unavailable; 10 503 faceCheck.unavailable; 12 503 faceCheck.unavailable; 13 503 faceCheck.unavailable; 14 pending; 15 expired expired;
        16 failed limit; 17 pending; 201 failed retry; 202 failed retry; 203 500 faceCheck.misconfigured; 204 500 faceCheck.misconfigured;
        301 failed realnameMismatch; 302 failed cardExpired; 303 failed retry; 1001 failed retry; 1002 failed notLive; 1003 failed retry; 1004 failed retry;
        1005 failed retry; 1006 failed retry; 1007 failed retry; 1008 failed retry; 2001 failed retry; 2002 failed nameInvalid; 2003 failed idInvalid;
        2004 failed retry; 2005 failed noRecord; 2006 failed realnameMismatch; 2007 failed noRecord; 2008 failed noRecord; 2009 failed noRecord;
        2010 failed retry; 2016 failed faceMismatch
        """;

    /// <summary>Error codes of Tencent Cloud: what a start is refused with; then what becomes of a check that is read.</summary>
    public const string TencentCodes = """
        AuthFailure.InvalidAuthorization 500 faceCheck.misconfigured; AuthFailure.InvalidSecretId 500 faceCheck.misconfigured;
        AuthFailure.SecretIdNotFound 500 faceCheck.misconfigured; AuthFailure.SignatureExpire 500 faceCheck.misconfigured;
        AuthFailure.SignatureFailure 500 faceCheck.misconfigured; AuthFailure.TokenFailure 500 faceCheck.misconfigured;
        AuthFailure.UnauthorizedOperation 500 faceCheck.misconfigured; UnauthorizedOperation 500 faceCheck.misconfigured;
        UnauthorizedOperation.Arrears 500 faceCheck.misconfigured; UnauthorizedOperation.Nonactivated 500 faceCheck.misconfigured;
        UnauthorizedOperation.NonAuthorize 500 faceCheck.misconfigured; UnauthorizedOperation.SomethingNew 500 faceCheck.misconfigured;
        IpNotInWhitelist 500 faceCheck.misconfigured; InvalidAction 500 faceCheck.misconfigured; NoSuchVersion 500 faceCheck.misconfigured;
        InvalidParameter 500 faceCheck.misconfigured; InvalidParameterValue 500 faceCheck.misconfigured; MissingParameter 500 faceCheck.misconfigured;
        InvalidParameterValue.RuleIdNotExist 500 faceCheck.misconfigured; InvalidParameterValue.RuleIdDisabled 500 faceCheck.misconfigured;
        ResourceUnavailable 500 faceCheck.misconfigured; NobodyKnows.This 500 faceCheck.misconfigured;
        RequestLimitExceeded 429 faceCheck.rateLimited; RequestLimitExceeded.UinLimitExceeded 429 faceCheck.rateLimited;
        FailedOperation.RequestLimitExceeded 429 faceCheck.rateLimited; InternalError 503 faceCheck.unavailable; InternalError.Timeout 503 faceCheck.unavailable;
        LimitExceeded 503 faceCheck.unavailable; FailedOperation 503 faceCheck.unavailable; FailedOperation.UnregisteredEid 422 faceCheck.refused > failed eidUnregistered;
        InvalidParameterValue.BizTokenExpired 422 faceCheck.refused > expired expired; InvalidParameterValue.BizTokenIllegal 422 faceCheck.refused > expired expired
        """;

    /// <summary>WeChat's <c>verify_ret</c>.</summary>
    public const string WeChatResults = """
        10000 passed; 10300 pending; 10005 pending; 10003 failed realnameMismatch; 10004 failed faceMismatch; 10012 failed faceMismatch; 10026 failed noRecord;
        10002 failed retry; 10007 failed retry; 10010 failed retry; 10016 failed retry; 10018 failed retry; 10020 failed retry; 10021 failed retry; 10029 failed retry;
        10052 failed retry; 10001 500 faceCheck.misconfigured; 10006 500 faceCheck.misconfigured; 10017 500 faceCheck.misconfigured; 10040 500 faceCheck.misconfigured;
        10041 500 faceCheck.misconfigured; 10008 503 faceCheck.unavailable; 10013 503 faceCheck.unavailable; 10014 503 faceCheck.unavailable;
        10015 503 faceCheck.unavailable; 10042 503 faceCheck.unavailable; 10045 503 faceCheck.unavailable; 90001 failed device; 90109 failed device;
        90002 failed cancelled; 90003 failed cancelled; 90004 failed cancelled; 90005 failed cancelled; 90006 failed cancelled; 90007 failed network;
        90012 failed network; 90008 failed permissionDenied; 90009 failed permissionDenied; 90010 failed permissionDenied; 90011 failed retry; 90013 failed retry;
        90014 failed retry; 90017 failed retry; 90107 failed retry; 90018 failed retry; 90104 failed retry; 90105 failed retry; 90106 failed retry;
        90110 failed retry; 90199 failed retry; 99999 500 faceCheck.misconfigured
        """;

    /// <summary>WeChat's errcodes of a start and of a reading.</summary>
    public const string WeChatStarts = """
        84014 422 faceCheck.refused; 84015 422 faceCheck.refused; 84010 500 faceCheck.misconfigured; 84011 500 faceCheck.misconfigured; 84012 500 faceCheck.misconfigured;
        84013 500 faceCheck.misconfigured; 84016 500 faceCheck.misconfigured; 40003 503 faceCheck.unavailable; 84019 503 faceCheck.unavailable;
        48001 500 faceCheck.misconfigured; 45011 429 faceCheck.rateLimited; -1 503 faceCheck.unavailable
        """;

    public const string WeChatReads = """
        84017 failed realnameMismatch; 84018 failed realnameMismatch; 84020 failed realnameMismatch; 84022 expired expired; 84010 500 faceCheck.misconfigured;
        84016 500 faceCheck.misconfigured; 84021 500 faceCheck.misconfigured; 48001 500 faceCheck.misconfigured; -1 503 faceCheck.unavailable
        """;

    public static TheoryData<string, string> Of(string rows)
    {
        var data = new TheoryData<string, string>();
        foreach (var row in rows.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = row.Split(' ', 2);
            data.Add(parts[0], parts[1]);
        }

        return data;
    }

    public static IEnumerable<string> Keys(string rows) => rows.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(' ')[0]);
}
