namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What each errcode, each failure of the way and each result of the face verification has to tell our caller, written down apart from the table.</summary>
internal static class ErrcodeRows
{
    /// <summary>Number or name, status and code.</summary>
    public const string Told = """
        -1008 202 moderation.deferred; -1 503 wechat.busy; 0 200 ok; 1 422 wechat.dataUnknown;
        40001 502 wechat.credential; 40002 500 wechat.config; 40003 403 wechat.openidMismatch; 40004 500 wechat.bug;
        40013 500 wechat.config; 40014 502 wechat.credential; 40029 401 wechat.codeInvalid; 40033 500 wechat.bug;
        40037 500 wechat.template; 40097 500 wechat.bug; 40125 500 wechat.config; 40129 500 wechat.bug;
        40163 401 wechat.codeInvalid; 40164 500 wechat.config; 40165 500 wechat.bug; 40169 500 wechat.bug;
        40212 500 wechat.bug; 40226 403 wechat.userBlocked; 40243 500 wechat.config; 41001 500 wechat.bug;
        41002 500 wechat.bug; 41004 500 wechat.bug; 41005 500 wechat.bug; 41008 500 wechat.bug;
        41009 500 wechat.bug; 41030 500 wechat.page; 42001 502 wechat.credential; 42007 502 wechat.credential;
        43001 500 wechat.bug; 43002 500 wechat.bug; 43003 500 wechat.bug; 43101 200 notify.noPermission;
        43104 500 wechat.bug; 43107 500 wechat.banned; 43108 503 wechat.busy; 44002 500 wechat.bug;
        44990 429 wechat.rateLimited; 44991 429 wechat.rateLimited; 44993 503 wechat.quota; 45002 422 wechat.contentTooLong;
        45009 503 wechat.quota; 45011 429 wechat.rateLimited; 45168 422 wechat.sensitiveText; 47001 500 wechat.bug;
        47003 500 wechat.templateValue; 48001 500 wechat.config; 48004 500 wechat.banned; 48006 503 wechat.quota;
        50002 500 wechat.banned; 50004 500 wechat.config; 50007 500 wechat.banned; 61007 500 wechat.config;
        61010 202 moderation.deferred; 61080 200 risk.unknown; 61081 200 risk.unknown; 76001 500 wechat.bug;
        76002 500 wechat.bug; 76003 500 wechat.bug; 76004 500 wechat.bug; 76021 500 wechat.bug;
        76022 500 wechat.bug; 84001 410 face.retired; 84006 410 face.retired; 84010 500 wechat.bug;
        84011 500 wechat.bug; 84012 500 wechat.bug; 84013 500 wechat.bug; 84014 422 face.nameInvalid;
        84015 422 face.idInvalid; 84016 500 wechat.bug; 84017 403 face.tampered; 84018 403 face.tampered;
        84019 503 wechat.busy; 84020 403 face.tampered; 84021 500 wechat.bug; 84022 409 face.expired;
        85079 500 wechat.config; 85088 500 wechat.config; 85096 500 wechat.bug; 85401 500 wechat.bug;
        85402 500 wechat.bug; 85406 503 wechat.quota; 85407 500 wechat.config; 85408 500 wechat.banned;
        87007 401 wechat.sessionExpired; 87008 500 wechat.bug; 87009 401 wechat.sessionExpired; 87014 422 moderation.risky;
        87020 202 moderation.deferred; 89503 500 wechat.config; 89506 500 wechat.config; 89507 500 wechat.config;
        101000 422 ocr.imageUnreachable; 101001 422 ocr.notFound; 101002 422 ocr.imageInvalid; 101003 503 ocr.quota;
        9410009 200 risk.unknown; 412 500 wechat.bug; 413 422 upload.tooLarge; 5xx 503 wechat.busy;
        timeout 504 wechat.timeout; unreadable 503 wechat.busy; 10000 200 face.passed; 10300 200 face.pending;
        10005 200 face.pending; 10003 200 face.idMismatch; 10004 200 face.mismatch; 10012 200 face.mismatch;
        10026 200 face.noRecord; 10002 200 face.retry; 10007 200 face.retry; 10010 200 face.retry;
        10016 200 face.retry; 10018 200 face.retry; 10020 200 face.retry; 10021 200 face.retry;
        10029 200 face.retry; 10052 200 face.retry; 10001 500 face.config; 10006 500 face.config;
        10017 500 face.config; 10040 500 face.config; 10041 500 face.config; 10008 503 face.busy;
        10013 503 face.busy; 10014 503 face.busy; 10015 503 face.busy; 10042 503 face.busy;
        10045 503 face.busy; 90001 200 face.device; 90109 200 face.device; 90002 200 face.cancelled;
        90003 200 face.cancelled; 90004 200 face.cancelled; 90005 200 face.cancelled; 90006 200 face.cancelled;
        90007 200 face.network; 90012 200 face.network; 90008 200 face.permission; 90009 200 face.permission;
        90010 200 face.permission; 90011 200 face.retry; 90013 200 face.retry; 90014 200 face.retry;
        90017 200 face.retry; 90107 200 face.retry; 90018 200 face.retry; 90104 200 face.retry;
        90105 200 face.retry; 90106 200 face.retry; 90110 200 face.retry; 90199 200 face.retry;
        """;

    public static IReadOnlyList<string> All => [.. Told.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
