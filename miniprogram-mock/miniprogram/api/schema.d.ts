// The server's own words: written by "npm run client:types" from its OpenAPI document. Do not edit.
// Only what a mini program can call: no staff, no operations, no resumable uploads (wx.request has no PATCH).
export interface paths {
  "/api/v1/auth-codes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the codes this account made out, newest first */
    get: operations["listAuthCodes"];
    put?: never;
    /** Make out one to five codes of an own resource to an account */
    post: operations["issueAuthCodes"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/auth-codes/{codeId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Change resource, target or note of an unused code */
    put: operations["changeAuthCode"];
    post?: never;
    /** Delete an unused code */
    delete: operations["deleteAuthCode"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/auth-codes/check": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tell whether this account could redeem a code, without redeeming it */
    post: operations["checkAuthCode"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/auth/logout": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End this session, or with all=true every session of the user; acts at once */
    post: operations["logOut"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/auth/refresh": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Exchange a refresh token for a new pair; a token used twice ends its session */
    post: operations["refreshSession"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/auth/wechat": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Log in with a code of wx.login; creates the user and an account at the first login */
    post: operations["logInWithWeChat"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/face-checks/handover": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Redeem such a code: it is bound to the first user who does */
    post: operations["redeemHandover"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/face-checks/handover/{handoverId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the handed-over face check stands; reads a pending one from the provider */
    get: operations["getHandedOver"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/face-checks/handover/{handoverId}/start": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start the handed-over face check on this user's phone */
    post: operations["startHandedOver"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The account's filings, newest first */
    get: operations["listFilings"];
    put?: never;
    /** Start a first filing, or add a site to a filed subject */
    post: operations["startFiling"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything of one filing: all steps, what is open, deadlines (预览) */
    get: operations["getFiling"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/abandonment": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a filing up (放弃备案); domain, code and slot are free again */
    post: operations["abandonFiling"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/call-window": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say when the reviewer should call, until the call is made; the form stays as it is */
    put: operations["putCallWindow"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/check": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The pre-submission list: how far a run is, else what the last one found */
    get: operations["getFilingCheck"];
    put?: never;
    /** Run the whole pre-submission list without submitting; what takes over 5 s comes later */
    post: operations["checkFiling"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/letters": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The letters that can be filled in for this filing, and which of them are due */
    get: operations["listLetters"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/letters/{kind}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A letter filled in, as a page to print on A4; only signature, seal and date are left */
    get: operations["getLetter"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/letters/{kind}/link": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** An address to open the letter once on a computer, within 10 minutes and without a login */
    post: operations["makeLetterLink"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/materials": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The filing's papers */
    get: operations["listMaterials"];
    put?: never;
    /** Upload a paper: JPEG or PNG up to 10 MiB, MP4 up to 100 MiB and 60 s */
    post: operations["addMaterial"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/materials/{materialId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take a paper away */
    delete: operations["deleteMaterial"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/materials/{materialId}/content": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A paper's bytes */
    get: operations["getMaterialContent"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/materials/{materialId}/copies/{copy}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A copy of a picture: working (upright, without camera data) or authority (as it is handed over) */
    get: operations["getMaterialCopy"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/sites": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Add a further site (网站信息) */
    post: operations["addSite"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/sites/{siteId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save a site (网站信息) */
    put: operations["putSite"];
    post?: never;
    /** Take a further site away; its domain and code are free again */
    delete: operations["deleteSite"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/sites/{siteId}/face-check": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the face check stands; reads a pending one from the provider */
    get: operations["getFaceCheck"];
    put?: never;
    /** Start the face check (视频核身) of the site's principal */
    post: operations["startFaceCheck"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/sites/{siteId}/face-check/handover": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A one-time code to do the face check on the principal's own phone; replaces the one before */
    post: operations["handOverFaceCheck"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/sites/{siteId}/principal": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save a site's principal (网站负责人), or say that it is the subject's */
    put: operations["putSitePrincipal"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/subject": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save the subject (主体信息) */
    put: operations["putSubject"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/subject/confirmation": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm that the filed subject is unchanged (确认主体), when adding a site */
    post: operations["confirmSubject"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/subject/principal": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save the subject's principal (主体负责人) */
    put: operations["putSubjectPrincipal"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/submission": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Submit for review (提交备案) */
    post: operations["submitFiling"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/timeline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened, what is expected next and when */
    get: operations["getTimeline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/verification": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Save the filing type (验证备案类型); with all fields present the checks run and the code or slot is reserved */
    put: operations["putVerification"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/filings/{filingId}/withdrawal": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take a submission back (撤销备案); nothing typed is lost */
    post: operations["withdrawFiling"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The user's profile, account and notification choices */
    get: operations["getMe"];
    /** Replace the notification choices */
    put: operations["putMe"];
    post?: never;
    /** Erase the user, and with the account's last user its drafts; says what is kept and why */
    delete: operations["eraseMe"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/access-log": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who looked at the account's data, newest first; staff by role */
    get: operations["getAccessLog"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/account": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Join the provider's account with a one-time code; acts at once, in this session too */
    post: operations["joinAccount"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/consents": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the user consented to and withdrew, newest first; with what WeChat told of it */
    get: operations["listConsents"];
    put?: never;
    /** Consent to a text in its current version; 200 when that stands already */
    post: operations["giveConsent"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/consents/{consentId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take the consent to a text back, by the id of the text or of the record that stands; says what follows */
    delete: operations["withdrawConsent"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/export": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything held about the user and the account, as one JSON file to save; papers by address */
    get: operations["exportMe"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/message-templates": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The subscription message templates to ask the user for, and how many messages are permitted */
    get: operations["listMessageTemplates"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/phone": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Bind the telephone number that the user gave with a tap */
    post: operations["bindPhone"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/sessions": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's own sessions that are open, newest first */
    get: operations["listSessions"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/me/sessions/{sessionId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one of the caller's own sessions; acts at once */
    delete: operations["endSession"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/notifications": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The account's messages, newest first */
    get: operations["listNotifications"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/notifications/{notificationId}/read": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Mark a message as read */
    post: operations["readNotification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/ocr/business-licence": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read a business licence; with filingId the picture is kept as a paper, whatever was read */
    post: operations["readBusinessLicence"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/ocr/id-card": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read an identity card; with filingId the picture is kept as a paper, whatever was read */
    post: operations["readIdCard"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/reference": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the reference sets */
    get: operations["listReferenceSets"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/reference/{set}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A whole reference set: its source, its date and its items */
    get: operations["getReferenceSet"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/reference/provinces/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One province with its rules */
    get: operations["getProvince"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/reference/requirements": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a filing of that shape will need: fields, people, papers, limits, waiting times */
    get: operations["getRequirements"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/resources": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the account's cloud resources with what can be filed on each, and why not */
    get: operations["listResources"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/subjects": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the account has filed */
    get: operations["listSubjects"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/api/v1/subjects/{subjectId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A filed subject with its sites and numbers */
    get: operations["getSubject"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description Somebody looked at the account's data, or staff changed it. */
    AccessView: {
      /** @description `viewed`, `viewedInFull`, `fullViewGranted`, `exported`, `created`, `changed` or `deleted`. */
      act: string;
      /** Format: date-time */
      at: string;
      /** @description `you`, `member` (another user of the account), `reviewer`, `admin` or `link` (whoever had the address); */
      by: string;
      /** @description Number of the entry. */
      id: string;
      /** @description `account`, `filing`, `material`, `subject` or `other`. */
      kind: string;
      /** @description Id of the thing. */
      thingId: string;
    };
    /** @description One page of a list, newest first. */
    AccessViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["AccessView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description What is left to do once the filing is approved. */
    AfterApprovalView: {
      /** @description The line for the foot of each site. */
      footers: components["schemas"]["FooterView"][];
      /**
       * Format: date-time
       * @description 公安联网备案: by when each site must be filed with public security.
       */
      policeFilingBy: string;
    };
    /** @description One agreement read and accepted. */
    AgreementRequest: {
      id?: string | null;
      version?: string | null;
    };
    /** @description Why a code does not count at present. */
    AuthCodeReasonView: {
      /** @description Stable code. */
      code: string;
      /** @description The reason for people, in the caller's language. */
      message: string;
      /** @description What to do about it, or null. */
      remedy: string | null;
    };
    /**
     * @description What has become of a code.
     * @enum {string}
     */
    AuthCodeStatus: "unused" | "inUse" | "used" | "invalid";
    /** @description What a code that can be redeemed stands for. */
    AuthCodeVerdictView: {
      /**
       * Format: date-time
       * @description When the resource, and the code with it, runs out.
       */
      expiresAt: string | null;
      /** @description The addresses a filing with it names. */
      publicIps: string[];
      /** @description Region of the resource. */
      region: string;
      /** @description Type of the resource behind it. */
      resourceType: string;
      /** @description Always true: a code that cannot be redeemed is answered with a problem. */
      valid: boolean;
    };
    /** @description A code as its issuer sees it. */
    AuthCodeView: {
      /** @description The whole code, in groups of four; */
      code: string;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the resource, and the code with it, runs out;
       */
      expiresAt: string | null;
      id: string;
      note: string | null;
      /** @description Why not valid; */
      reasons: components["schemas"]["AuthCodeReasonView"][];
      resourceId: string;
      /** @description What has become of a code. */
      status: components["schemas"]["AuthCodeStatus"];
      targetAccountId: string;
      /** @description Whether resource and issuer qualify now; */
      valid: boolean;
    };
    /** @description One page of a list, newest first. */
    AuthCodeViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["AuthCodeView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description How long the authority usually takes in the filing's province. */
    AuthorityEstimateView: {
      /**
       * Format: date
       * @description When the published figures were last looked at;
       */
      asOf: string | null;
      /** @description `province` (what providers published) or `ownHistory` (what this service saw). */
      basis: string;
      /**
       * Format: date-time
       * @description When that would be for this filing;
       */
      earliestAt: string | null;
      /**
       * Format: date-time
       * @description As EarliestAt, for a slow one.
       */
      latestAt: string | null;
      /** @description Calendar days of the slow ones. */
      maxDays: number;
      /** @description Calendar days of the quick ones. */
      minDays: number;
      /** @description Who published them; */
      sources: string[];
    };
    BindPhoneRequest: {
      /** @description What the phone-number button gave the mini program; */
      code: string;
    };
    /** @description When the reviewer should call, on working days in Shanghai. */
    CallWindowRequest: {
      /** @description Such as `09:00`. */
      from?: string | null;
      /** @description What the reviewer should know before calling. */
      note?: string | null;
      /** @description Such as `12:00`; */
      to?: string | null;
    };
    /** @description When the applicant wants to be called, on working days in Shanghai. */
    CallWindowView: {
      /** @description Such as `09:00`. */
      from: string;
      /** @description What the reviewer should know, or null. */
      note: string | null;
      /** @description Such as `18:00`; */
      to: string;
    };
    /** @description An unused code as it shall be. */
    ChangeAuthCodeRequest: {
      /** @description At most 100 characters; */
      note?: string | null;
      /** @description An own resource; */
      resourceId?: string | null;
      /** @description Who may redeem it; */
      targetAccountId?: string | null;
    };
    /** @description A code to look at. */
    CheckAuthCodeRequest: {
      /** @description As typed, any case, with or without blanks and hyphens. */
      code?: string | null;
    };
    /** @description What a submission would say now. */
    CheckFilingView: {
      /**
       * Format: date-time
       * @description When the outside facts were last asked for, or null when never.
       */
      checkedAt: string | null;
      /** @description The outside facts as stored, with their evidence. */
      checks: components["schemas"]["SiteCheckView"][];
      /** @description The whole list, in the order of its groups. */
      items: components["schemas"]["CheckItemView"][];
      /** @description Everything open, due and remarkable in the filing as stored. */
      requirements: components["schemas"]["RequirementsView"];
      /** @description `running` while items are still being asked for in the background, else `done`. */
      status: string;
    };
    /** @description One line of the pre-submission list. */
    CheckItemView: {
      /** @description Name of the check; */
      check: string;
      /**
       * Format: date-time
       * @description When it was asked outside, or null for what is judged from the form.
       */
      checkedAt: string | null;
      /** @description What was found, or null when there is nothing to say. */
      code: string | null;
      /** @description What it rests on, or null. */
      evidence: string | null;
      /** @description `form`, `materials`, `content`, `resource`, `domain`, `reachability`, `images`, `register`, `filedSites` or `conflicts`. */
      group: string;
      /** @description True for what may be submitted all the same: warnings and the unknown, which the reviewer sees. */
      ignorable: boolean;
      /** @description The same for people. */
      message: string | null;
      /** @description Pack or data file of that rule and its version, or null with it. */
      packVersion: string | null;
      /** @description JSON pointer into the filing; */
      pointer: string;
      /** @description What to do about it, or null. */
      remedy: string | null;
      /** @description Rule or row that judged the form, or null for what was asked outside. */
      ruleId: string | null;
      /** @description `error`, `warning` or `info` for what the form lacks; */
      severity: string | null;
      /** @description The site, or null for the subject and the filing as a whole. */
      siteId: string | null;
      /** @description `passed`, `failed`, `warning`, `unknown`, or `pending` while it is awaited. */
      status: string;
    };
    /** @description One check of a fact outside the form. */
    CheckView: {
      /** @description Its name. */
      check: string;
      /**
       * Format: date-time
       * @description When.
       */
      checkedAt: string;
      /** @description What was found, or null. */
      code: string | null;
      /** @description What it rests on, or null. */
      evidence: string | null;
      /** @description The same for people, or null. */
      message: string | null;
      /** @description `passed`, `failed` or `unknown`. */
      outcome: string;
    };
    /** @description How many auth codes a resource can carry. */
    CodesView: {
      issued: number;
      left: number;
      total: number;
    };
    /** @description Whether the filed subject is as it was. */
    ConfirmSubjectRequest: {
      unchanged: boolean;
    };
    /**
     * @description What a user did about a text.
     * @enum {string}
     */
    ConsentAction: "given" | "withdrawn";
    /**
     * @description Where a record of consent comes from.
     * @enum {string}
     */
    ConsentSource: "user" | "submission" | "wechat";
    /** @description One record of consent. */
    ConsentView: {
      /** @description `given` or `withdrawn`. */
      action: components["schemas"]["ConsentAction"];
      /**
       * Format: date-time
       * @description When.
       */
      at: string;
      /** @description The filing it was given with, or null. */
      filingId: string | null;
      /** @description Of the record. */
      id: string;
      /** @description WeChat's words for what was withdrawn there, or null. */
      note: string | null;
      /** @description `user`, `submission` or `wechat`. */
      source: components["schemas"]["ConsentSource"];
      /** @description Id of the reference set `agreements`; */
      textId: string;
      /** @description Version of the text; */
      version: string | null;
    };
    /** @description One page of a list, newest first. */
    ConsentViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["ConsentView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description How many files of a kind. */
    CountView: {
      max: number;
      min: number;
    };
    /** @description When something happens by itself, or is promised. */
    DeadlinesView: {
      /**
       * Format: date-time
       * @description The authority must have answered by then, by law.
       */
      authorityDueAt: string | null;
      /**
       * Format: date-time
       * @description The draft expires unless it is saved before.
       */
      draftExpiresAt: string | null;
      /** @description Every date of the present state with its reason, the nearest first; */
      items: components["schemas"]["DeadlineView"][];
      /**
       * Format: date-time
       * @description The filing goes back to the draft unless something is done before.
       */
      returnsToDraftAt: string | null;
      /**
       * Format: date-time
       * @description The provider promises its review by then.
       */
      reviewDueAt: string | null;
      /**
       * Format: date-time
       * @description Both principals must have verified by then.
       */
      smsVerifyBy: string | null;
    };
    /** @description A date and why it is that one. */
    DeadlineView: {
      /**
       * Format: date-time
       * @description When.
       */
      at: string;
      /** @description Which, such as `deadline.reviewDue`. */
      code: string;
      /** @description What it is counted from and by which calendar, for people. */
      reason: string;
      /** @description Its short name for people. */
      title: string;
    };
    /** @description Who may stand in for the legal representative. */
    DelegationView: {
      /** @description `legalPersonOnly`, `delegateWithLetter` or `delegateWithoutLetter`. */
      answer: string;
      /** @description Kinds of the letters of which one is needed. */
      letters: string[];
      /** @description For whom it holds; */
      when: string | null;
    };
    /** @description What of somebody was erased, and how many of it. */
    ErasedItem: {
      count: number;
      /** @description A word of Beian.MiniApi.Storage.ErasedThings. */
      what: string;
    };
    /** @description What an erasure came to. */
    ErasedView: {
      /** @description What is gone, and how many of it. */
      erased: components["schemas"]["ErasedItem"][];
      /** @description What law, contract or other users need. */
      kept: components["schemas"]["KeptView"][];
    };
    /** @description Days the authority usually takes, as providers have counted them; */
    EstimateView: {
      maxDays: number;
      minDays: number;
      packVersion: string;
      ruleId: string;
      source: string[];
      text: string;
    };
    /** @description A started check. */
    FaceCheckStartView: {
      /** @description Our id. */
      checkId: string;
      /**
       * Format: date-time
       * @description Until when.
       */
      expiresAt: string;
      /** @description For that component, or null when there is none. */
      token: string | null;
      /** @description Where the person does it, or null when the provider only has a component of its own. */
      url: string | null;
    };
    /** @description 视频核身 of a site's principal. */
    FaceCheckView: {
      /** @description Kind of the picture that does instead, where the check cannot be done or is declined; */
      alternative?: string | null;
      /** @description Null when none was started for the present person. */
      checkId: string | null;
      /**
       * Format: date-time
       * @description Until when, while it is pending.
       */
      expiresAt: string | null;
      /** @description Why it failed, for people; */
      message?: string | null;
      /**
       * Format: date-time
       * @description When the picture that the province demanded was deleted;
       */
      pictureDeletedAt?: string | null;
      /** @description Why it failed, or null. */
      reason: string | null;
      /** @description What to do about that, or null. */
      remedy?: string | null;
      /** @description `notStarted`, `pending`, `passed` or `failed`. */
      status: string;
      /** @description For the provider's own component while it is pending; */
      token?: string | null;
      /** @description Where to do it while it is pending. */
      url: string | null;
    };
    /** @description A face check to be done on another person's phone. */
    FaceHandoverView: {
      /** @description To be typed or scanned there, once; */
      code: string;
      /**
       * Format: date-time
       * @description Business time until which it can be redeemed.
       */
      expiresAt: string;
      /** @description Mini Program code as a data URI; */
      picture: string | null;
      /** @description Then a plain QR code of the scene as a data URI, for the Mini Program's own scanner; */
      qr: string | null;
      /** @description What a scanned picture hands to the Mini Program's page: `f=` and the code. */
      scene: string;
    };
    /** @description One field of the form. */
    FieldOutlookView: {
      hint: string | null;
      id: string;
      label: string;
      /** @description Characters at most, or null. */
      maxLength: number | null;
      /** @description JSON pointer into a filing; */
      pointer: string | null;
      /** @description True when it comes along with the filed subject. */
      prefilled: boolean;
      /** @description The reference set its codes come from, or null. */
      referenceSet: string | null;
      /** @description `always`, `conditional` or `optional`. */
      required: string;
      rules: components["schemas"]["RuleTextView"][];
      step: string;
      type: string;
    };
    FiledSiteView: {
      /** @description `accessed` while it is served from here. */
      accessState: string;
      /** Format: date-time */
      approvedAt: string;
      /** @description Readable form. */
      domain: string;
      /** @description The same as a link to MIIT's filing system, to be pasted into the page. */
      footerHtml: string;
      /** @description The number that must stand at the foot of the home page, as the province wants it. */
      footerText: string;
      name: string | null;
      /** @description 网站备案号. */
      number: string;
      /** @description A principal as far as it helps to recognise them. */
      principal: components["schemas"]["MaskedPersonView"];
      publicIps: string[];
      resourceId: string | null;
    };
    /** @description A filed subject with its numbers. */
    FiledSubjectView: {
      /** Format: date-time */
      filedAt: string;
      id: string;
      name: string | null;
      /** @description 主体备案号. */
      number: string;
      /** @description 主体负责人, masked. */
      principal: components["schemas"]["MaskedPersonView"];
      region: components["schemas"]["RegionView"] | null;
      sites: components["schemas"]["FiledSiteView"][];
      subjectNature: number | null;
    };
    /** @description One page of a list, newest first. */
    FiledSubjectViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["FiledSubjectView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /**
     * @description Everything that can happen to a filing.
     * @enum {string}
     */
    FilingAction: "edit" | "confirmSubject" | "submit" | "withdraw" | "abandon" | "recordEvidence" | "passChecks" | "failChecks" | "claim" | "release" | "lapseClaim" | "logCall" | "rejectUnreachable" | "approve" | "requestModification" | "reject" | "submitToAuthority" | "recordSms" | "completeSms" | "failSms" | "recordAuthorityApproval" | "recordAuthorityRejection" | "remind" | "expireDraft" | "returnToDraft" | "escalate" | "confirmFirst" | "setCallWindow";
    /**
     * @description What a filing is for;
     * @enum {string}
     */
    FilingKind: "firstFiling" | "addSite";
    /** @description What a filing of one shape will need. */
    FilingOutlookView: {
      /**
       * Format: date
       * @description The day by whose rules it is told.
       */
      asOf: string;
      /** @description Days the authority usually takes, as providers have counted them; */
      estimate: components["schemas"]["EstimateView"] | null;
      fields: components["schemas"]["FieldOutlookView"][];
      /** @description `firstFiling` or `addSite`. */
      kind: components["schemas"]["FilingKind"];
      /** @description Numbers for the whole filing; */
      limits: components["schemas"]["LimitsOutlookView"];
      materials: components["schemas"]["PaperOutlookView"][];
      /** @description A code with its name. */
      nature: components["schemas"]["Int32NamedView"];
      notes: components["schemas"]["OutlookNoteView"][];
      packVersions: string[];
      people: components["schemas"]["PersonOutlookView"][];
      /** @description A code with its name. */
      province: components["schemas"]["StringNamedView"];
      /** @description Packs and data files with their versions. */
      rulesVersion: string;
      upcoming: components["schemas"]["UpcomingChangeView"][];
      waiting: components["schemas"]["WaitOutlookView"][];
    };
    /**
     * @description Where a filing stands.
     * @enum {string}
     */
    FilingState: "draft" | "draftExpired" | "checking" | "providerReview" | "modificationRequested" | "providerRejected" | "pendingAuthority" | "smsVerification" | "smsFailed" | "authorityReview" | "authorityRejected" | "approved" | "abandoned";
    /** @description A filing in a list. */
    FilingSummary: {
      /** Format: date-time */
      createdAt: string;
      /** @description What is filed for, as far as it is known. */
      domains: string[];
      id: string;
      kind: components["schemas"]["FilingKind"] | null;
      number: string;
      /** @description Where a filing stands. */
      state: components["schemas"]["FilingState"];
      /** Format: date-time */
      stateSince: string;
      /** @description As typed, or null. */
      subjectName: string | null;
      version: number;
    };
    /** @description One page of a list, newest first. */
    FilingSummaryPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["FilingSummary"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description A filing with all its steps, as its applicant sees it. */
    FilingView: {
      /** @description What the applicant may do now. */
      allowedActions: string[];
      /** @description When the applicant wants to be called; */
      callWindow: components["schemas"]["CallWindowView"] | null;
      /** Format: date-time */
      createdAt: string;
      /** @description When something happens by itself, or is promised. */
      deadlines: components["schemas"]["DeadlinesView"];
      /** @description Whether fields may be changed now: everything, some (see `rejection.openFields`) or nothing. */
      editable: string;
      id: string;
      /** @description `firstFiling` or `addSite`; */
      kind: components["schemas"]["FilingKind"] | null;
      materials: components["schemas"]["MaterialView"][];
      /** @description For the telephone: digits, the last one a check digit. */
      number: string;
      /** @description What the last review or the authority wants changed; */
      rejection: components["schemas"]["RejectionView"] | null;
      /** @description What stands between the filing and its submission. */
      requirements: components["schemas"]["RequirementsView"];
      sites: components["schemas"]["SiteView"][];
      /** @description Who must verify by SMS, while that step runs. */
      smsTargets: components["schemas"]["SmsTargetView"][];
      /** @description Where a filing stands. */
      state: components["schemas"]["FilingState"];
      /** Format: date-time */
      stateSince: string;
      steps: components["schemas"]["StepView"][];
      /** @description 主体信息. */
      subject: components["schemas"]["SubjectView"];
      subjectConfirmed: boolean;
      /** @description The filed subject a site is added to, or null. */
      subjectId: string | null;
      /** @description 主体备案号, once there is one. */
      subjectNumber: string | null;
      /** @description The step 验证备案类型. */
      verification: components["schemas"]["VerificationView"];
      /** @description Grows with every edit and change of state; */
      version: number;
    };
    /** @description The line that must stand at the foot of a site's home page, to be copied. */
    FooterView: {
      /** @description Its domain, or null. */
      domain: string | null;
      /** @description The same as a link to MIIT's filing system. */
      footerHtml: string;
      /** @description The number as this province wants it: 广东 the subject's, everybody else the site's. */
      footerText: string;
      /** @description The site. */
      siteId: string;
    };
    GiveConsentRequest: {
      /** @description Id of the reference set `agreements`. */
      id: string;
      /** @description The version that was shown; */
      version: string;
    };
    /** @description How a handed-over check stands. */
    HandedOverView: {
      /** @description Of the check that this user started, or null. */
      checkId: string | null;
      /**
       * Format: date-time
       * @description Until when, while this user's check is pending.
       */
      expiresAt: string | null;
      /** @description The same for people. */
      message: string | null;
      /** @description Why it failed, or null. */
      reason: string | null;
      /** @description What to do about it, or null. */
      remedy: string | null;
      /** @description `notStarted`, `pending`, `passed` or `failed`. */
      status: string;
      /** @description For the provider's component while this user's check is pending. */
      token: string | null;
      /** @description Where to do it while this user's check is pending. */
      url: string | null;
    };
    HintView: {
      code: string;
      message: string;
    };
    /** @description What was read from an identity card, under the names of the fields of a person; */
    IdCardView: {
      /** @description 住址 as printed. */
      address: string | null;
      certificateNumber: string | null;
      /** @description Code of 居民身份证 once a card was recognised. */
      certificateType: number | null;
      /** @description The picture as it was kept; */
      material: components["schemas"]["MaterialView"] | null;
      name: string | null;
      /** @description How far the recognition of a picture came. */
      recognition: components["schemas"]["RecognitionView"];
      /** @description `front` for the portrait, `back` for the emblem. */
      side: string | null;
      /** @description First day of validity, `YYYY-MM-DD`. */
      validFrom: string | null;
      /** @description Last day of validity, `YYYY-MM-DD` or `longTerm`. */
      validTo: string | null;
      warnings: components["schemas"]["OcrWarningView"][];
    };
    /** @description A code with its name. */
    Int32NamedView: {
      code: number;
      name: string;
    };
    /** @description Asks for codes. */
    IssueAuthCodesRequest: {
      /** @description 1 to 5; */
      count?: number | null;
      /** @description Own words, at most 100 characters; */
      note?: string | null;
      /** @description An own resource; */
      resourceId?: string | null;
      /** @description The only account that may redeem them; */
      targetAccountId?: string | null;
    };
    /** @description The new codes. */
    IssuedView: {
      items: components["schemas"]["AuthCodeView"][];
    };
    JoinAccountRequest: {
      /** @description From the provider, or from `scene` after `join=`. */
      code: string;
    };
    /** @description What is kept of an erased user. */
    KeptView: {
      /** @description Stable code of the reason. */
      code: string;
      /** @description The filing's or subject's number; */
      number: string | null;
      /**
       * Format: date-time
       * @description When it goes too;
       */
      until: string | null;
      /** @description A word such as `filings`. */
      what: string;
      /** @description The reason for people, in the caller's language. */
      why: string;
    };
    /** @description Why a filing is given up or taken back; */
    LeaveFilingRequest: {
      /** @description The applicant's own words, kept in the filing's history. */
      reason?: string | null;
    };
    /** @description 法定代表人. */
    LegalRepresentativeRequest: {
      certificateNumber?: string | null;
      certificateType?: number | null;
      name?: string | null;
    };
    LegalRepresentativeView: {
      certificateNumber: string | null;
      certificateType: number | null;
      name: string | null;
    };
    /** @description An address that opens a letter once. */
    LetterLinkView: {
      /**
       * Format: date-time
       * @description Real time until which it opens something.
       */
      expiresAt: string;
      /** @description Whole address, to be typed, copied or scanned; */
      url: string;
    };
    /** @description The letters of a filing; */
    LetterListView: {
      items: components["schemas"]["LetterView"][];
    };
    /** @description A letter that can be filled in. */
    LetterView: {
      /** @description Whether the filing's requirements ask for it now. */
      due: boolean;
      /** @description Id of the materials data, under which the signed letter is uploaded. */
      kind: string;
      /** @description Days from signing to submission, or null. */
      maxAgeDays: number | null;
      /** @description Months from signing to submission, or null. */
      maxAgeMonths: number | null;
      /** @description What it is called. */
      name: string;
      /** @description When it is needed and what to mind; */
      note: string | null;
      /** @description What is left to do by hand, in the words of the materials data. */
      signing: string[];
      /** @description The site it is about; */
      siteId: string | null;
    };
    /** @description What was read from a business licence, under the names of the fields of a subject; */
    LicenceView: {
      businessScope: string | null;
      certificateAddress: string | null;
      /** @description Unified social credit code or registration number. */
      certificateNumber: string | null;
      /** @description Code of 营业执照 once a licence was recognised. */
      certificateType: number | null;
      /** @description First day of the term of operation, `YYYY-MM-DD`. */
      certificateValidFrom: string | null;
      /** @description Last day of the term of operation, `YYYY-MM-DD` or `longTerm`. */
      certificateValidTo: string | null;
      /** @description 成立日期, `YYYY-MM-DD`. */
      establishedOn: string | null;
      /** @description The name of a legal representative; */
      legalRepresentative: components["schemas"]["OcrRepresentativeView"] | null;
      /** @description The picture as it was kept; */
      material: components["schemas"]["MaterialView"] | null;
      name: string | null;
      /** @description How far the recognition of a picture came. */
      recognition: components["schemas"]["RecognitionView"];
      warnings: components["schemas"]["OcrWarningView"][];
    };
    /** @description Numbers for the whole filing; */
    LimitsOutlookView: {
      certificateMonthsOfPerson: number | null;
      certificateMonthsOfSubject: number | null;
      domainMonths: number | null;
      domainsPerSite: number | null;
      /** @description Who may hold the domain. */
      holder: string | null;
      /** @description With more sites filed than this, one filing takes one site. */
      oneSiteWhenFiledOver: number | null;
      openFilingsPerSubject: number | null;
      rules: components["schemas"]["RuleTextView"][];
      sitesInTotal: number | null;
      /** @description False when more are for the reviewer to decide. */
      sitesInTotalBinding: boolean;
      sitesPerFiling: number;
      /** @description Which suffixes may be filed. */
      suffixes: components["schemas"]["SuffixOutlookView"];
    };
    /** @description The user who logged in. */
    LoginUserView: {
      /** @description Stable id. */
      id: string;
      /** @description True at the first login ever. */
      isNew: boolean;
      /** @description Bound number, masked; */
      phone: string | null;
    };
    /** @description The answer to a login. */
    LoginView: {
      /** @description JWT for the `Authorization: Bearer` header. */
      accessToken: string;
      /** @description Seconds the access token lives. */
      expiresIn: number;
      /** @description Good for one refresh. */
      refreshToken: string;
      /** @description Who logged in. */
      user: components["schemas"]["LoginUserView"];
    };
    /** @description A principal as far as it helps to recognise them. */
    MaskedPersonView: {
      certificateNumber: string | null;
      email: string | null;
      mobile: string | null;
      name: string | null;
    };
    /** @description The copies of a picture. */
    MaterialCopiesView: {
      /** @description What the authority gets; */
      authority: components["schemas"]["MaterialCopyView"] | null;
      /** @description `pending`, `ready` or `failed`. */
      state: string;
      /** @description Upright and without camera data, as large as the picture; */
      working: components["schemas"]["MaterialCopyView"] | null;
    };
    /** @description A copy of a picture. */
    MaterialCopyView: {
      contentType: string;
      height: number;
      sha256: string;
      /**
       * Format: int64
       * @description Bytes.
       */
      size: number;
      /** @description Whether it bears the words that it is for filing only. */
      watermarked: boolean;
      width: number;
    };
    /** @description An uploaded paper. */
    MaterialView: {
      contentType: string;
      /** @description The copies made of a picture; */
      copies?: components["schemas"]["MaterialCopiesView"] | null;
      /**
       * Format: date-time
       * @description When it is deleted by itself;
       */
      deleteAt?: string | null;
      fileName: string;
      height: number | null;
      /** @description What may cost legibility; */
      hints: components["schemas"]["HintView"][];
      id: string;
      kind: string;
      part: string | null;
      /** @description How far the recognition of the picture came; */
      recognition: components["schemas"]["RecognitionView"] | null;
      /** @description `pendingScan`, `clean` or `infected`; */
      scan?: string | null;
      sha256: string;
      /**
       * Format: date
       * @description The day a letter was signed, as told with the upload;
       */
      signedOn: string | null;
      siteId: string | null;
      /**
       * Format: int64
       * @description Bytes.
       */
      size: number;
      /** Format: date-time */
      uploadedAt: string;
      width: number | null;
    };
    /** @description One page of a list, newest first. */
    MaterialViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["MaterialView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description The templates in use; */
    MessageTemplatesView: {
      items: components["schemas"]["MessageTemplateView"][];
    };
    /** @description A template that the Mini Program asks the user for with `wx.requestSubscribeMessage`. */
    MessageTemplateView: {
      /** @description What it tells, as the codes of inbox messages. */
      events: string[];
      /** @description WeChat's id of the template, one of the `tmplIds`. */
      id: string;
      /** @description How many messages the user still permits, as far as WeChat has told us. */
      left: number;
      /** @description False when the user's choices leave out everything it tells: no use in asking. */
      wanted: boolean;
    };
    /** @description A user's own profile. */
    MeView: {
      /** @description The account the user works for. */
      account: components["schemas"]["MyAccountView"];
      /**
       * Format: date-time
       * @description First login.
       */
      createdAt: string;
      /** @description Stable id. */
      id: string;
      /** @description Language that the user chose, `zh-CN` or `en`; */
      language: string | null;
      /** @description Which WeChat messages the user wants. */
      notifications: components["schemas"]["NotificationChoices"];
      /** @description Bound number, masked; */
      phone: string | null;
    };
    /** @description The account a user works for. */
    MyAccountView: {
      id: string;
      /** @description The real-name facts a user may see of the own account. */
      realName: components["schemas"]["MyRealNameView"];
    };
    /** @description The real-name facts a user may see of the own account. */
    MyRealNameView: {
      /** @description Null while nothing is verified. */
      kind: components["schemas"]["RealNameKind"] | null;
      /** @description Null while nothing is verified. */
      name: string | null;
      /** @description `none` or `verified`. */
      status: components["schemas"]["RealNameStatus"];
      /**
       * Format: date-time
       * @description Null while nothing is verified.
       */
      verifiedAt: string | null;
    };
    /** @description Which WeChat messages a user wants. */
    NotificationChoices: {
      /** @description The filing moved on or came back. */
      progress: boolean;
      /** @description A deadline comes near. */
      reminders: boolean;
    };
    /** @description One message of the inbox. */
    NotificationView: {
      /** Format: date-time */
      at: string;
      /** @description What happened, such as `notification.passChecks`. */
      code: string;
      filingId: string;
      /** @description The filing's number for the telephone. */
      filingNumber: string | null;
      id: string;
      message: string;
      /**
       * Format: date-time
       * @description Null while unread.
       */
      readAt: string | null;
      /** @description The filing's state at that time. */
      state: string | null;
      title: string;
    };
    /** @description One page of a list, newest first. */
    NotificationViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["NotificationView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /** @description The name of a legal representative; */
    OcrRepresentativeView: {
      name: string;
    };
    /** @description A remark about a picture that was kept all the same. */
    OcrWarningView: {
      code: string;
      message: string;
    };
    /** @description A remark for people. */
    OutlookNoteView: {
      about: string;
      packVersion: string | null;
      ruleId: string | null;
      text: string;
    };
    /** @description One paper. */
    PaperOutlookView: {
      /**
       * Format: int64
       * @description Bytes above which the authority's copy has to be made smaller, or null.
       */
      advisedMaxBytes: number | null;
      /**
       * Format: int64
       * @description Bytes below which a picture is likely illegible, or null.
       */
      advisedMinBytes: number | null;
      /** @description Other kinds that would do as well. */
      alternatives: string[];
      /** @description Whether `GET /filings/{id}/letters/{kind}` has it filled in. */
      canBeFilledIn: boolean;
      /** @description When it is due; */
      condition: string | null;
      /** @description How many files of a kind. */
      count: components["schemas"]["CountView"];
      /** @description Endings of file names. */
      formats: string[];
      /** @description Id of the materials data. */
      kind: string;
      /** @description Days from signing to submission, or null. */
      maxAgeDays: number | null;
      /** @description Months from signing to submission, or null. */
      maxAgeMonths: number | null;
      /**
       * Format: int64
       * @description Bytes above which a file is refused.
       */
      maxBytes: number;
      /** @description For a video; */
      maxSeconds: number | null;
      /** @description Pixels, or null. */
      minLongSide: number | null;
      /** @description Months it must still be valid, or null. */
      minRemainingMonths: number | null;
      /** @description Pixels, or null. */
      minShortSide: number | null;
      name: string;
      notes: string | null;
      otherRules: components["schemas"]["PaperReasonView"][];
      /** @description `subject`, `principal`, `site` or `sitePrincipal`; */
      owner: string;
      packVersion: string;
      /** @description Sides with names of their own; */
      parts: string[];
      /** @description `always`, `conditional` or `optional`. */
      required: string;
      ruleId: string;
      /** @description How heavy a finding weighs. */
      severity: components["schemas"]["Severity"];
      /** @description What is done to it by hand. */
      signing: string[];
      source: string[];
      /** @description Title of the letter for it; */
      templateName: string | null;
    };
    /** @description One rule that asks for a paper. */
    PaperReasonView: {
      /** @description When; */
      condition: string | null;
      packVersion: string;
      ruleId: string;
      /** @description How heavy a finding weighs. */
      severity: components["schemas"]["Severity"];
      /** @description Who says so. */
      source: string[];
    };
    /** @description One person the filing needs. */
    PersonOutlookView: {
      /** @description The last one is the rule, those before it are exceptions. */
      delegations: components["schemas"]["DelegationView"][];
      /** @description Whether the person does the face check. */
      faceCheck: boolean;
      /** @description Years, or null. */
      maxAgeFemale: number | null;
      /** @description Years, or null. */
      maxAgeMale: number | null;
      /** @description Years without further papers, or null. */
      minAge: number | null;
      /** @description Years from which papers help, 0 for any age, or null where none do. */
      minAgeWithPapers: number | null;
      /** @description `always`, `conditional`, `never`, or null where nobody is one. */
      mustBeLegalRepresentative: string | null;
      /** @description `always` or `conditional`. */
      needed: string;
      role: string;
      rules: components["schemas"]["RuleTextView"][];
      /** @description Whether the person gets the authority's text message. */
      sms: boolean;
      text: string;
    };
    /** @description 负责人, as typed; */
    PersonRequest: {
      certificateNumber?: string | null;
      /** @description Code of the certificate types. */
      certificateType?: number | null;
      email?: string | null;
      emergencyPhone?: string | null;
      /** @description Such as `010-12345678`. */
      landline?: string | null;
      mobile?: string | null;
      name?: string | null;
      phone2?: string | null;
      /** @description First day of validity, `YYYY-MM-DD`. */
      validFrom?: string | null;
      /** @description Last day of validity, `YYYY-MM-DD`, or `longTerm`. */
      validTo?: string | null;
    };
    /** @description 负责人. */
    PersonView: {
      certificateNumber: string | null;
      certificateType: number | null;
      email: string | null;
      emergencyPhone: string | null;
      landline: string | null;
      mobile: string | null;
      name: string | null;
      phone2: string | null;
      /** @description Only on a site's principal: true when it is the subject's, by reference. */
      sameAsSubjectPrincipal?: boolean | null;
      validFrom: string | null;
      validTo: string | null;
    };
    /** @description 前置或专项审批: an id of the pre-approval types (`none` says explicitly that none applies) and its number. */
    PreApprovalRequest: {
      number?: string | null;
      type?: string | null;
    };
    PreApprovalView: {
      number: string | null;
      type: string | null;
    };
    /** @description One unmet demand inside a problem. */
    ProblemField: {
      /** @description Stable dotted code. */
      code: string;
      kind?: string | null;
      /** @description What is wrong, for people. */
      message: string;
      part?: string | null;
      /** @description JSON pointer to the field. */
      pointer: string;
      /** @description What to do about it. */
      remedy?: string | null;
      /** @description The rule or the check that says so; */
      ruleId?: string | null;
      siteId?: string | null;
      step?: string | null;
    };
    /** @description The body of every refusal (RFC 9457), as callers see it. */
    ProblemView: {
      allowedActions?: string[] | null;
      /** @description Stable dotted code to program against. */
      code: string;
      /** @description The step as it is stored now, when a write was stale. */
      current?: unknown;
      /** @description The version stored now, when a write was stale. */
      currentVersion?: number | null;
      detail: string;
      errors?: components["schemas"]["ProblemField"][] | null;
      /** @description Path of the request that was refused. */
      instance: string;
      remedy?: string | null;
      state?: string | null;
      status: number;
      title: string;
      traceId: string;
      /** @description Identifies the kind of problem; */
      type: string;
      /** @description The version as which the values were stored although the request was refused. */
      version?: number | null;
    };
    PutMeRequest: {
      /** @description Language of text messages and mails, `zh-CN` or `en`; */
      language?: string | null;
      /** @description Replaces the choices made before. */
      notifications: components["schemas"]["NotificationChoices"];
    };
    /** @description 主体信息, as typed; */
    PutSubjectRequest: {
      /** @description 经营范围 as on the licence; */
      businessScope?: string | null;
      /** @description 证件住所, as on the certificate. */
      certificateAddress?: string | null;
      /** @description Last day of the certificate, `YYYY-MM-DD` or `longTerm`; */
      certificateValidTo?: string | null;
      /** @description 投资人或主管单位. */
      investor?: string | null;
      /** @description 法定代表人. */
      legalRepresentative?: components["schemas"]["LegalRepresentativeRequest"] | null;
      /** @description 通信地址, down to the door. */
      mailingAddress?: string | null;
      name?: string | null;
      remark?: string | null;
    };
    /** @description 验证备案类型, as typed. */
    PutVerificationRequest: {
      certificateNumber?: string | null;
      /** @description Code of the certificate types. */
      certificateType?: number | null;
      domain?: string | null;
      /** @description 备案地域, by division codes. */
      region?: components["schemas"]["RegionRequest"] | null;
      /** @description What a site is filed on: one of the account's resources, or an auth code. */
      resource?: components["schemas"]["ResourceRequest"] | null;
      /** @description Code of the subject natures. */
      subjectNature?: number | null;
    };
    /**
     * @description What a customer is.
     * @enum {string}
     */
    RealNameKind: "individual" | "organisation";
    /**
     * @description Whether the provider has verified who the customer is.
     * @enum {string}
     */
    RealNameStatus: "none" | "verified";
    /** @description Why a resource cannot be filed on. */
    ReasonView: {
      /** @description Stable code, such as `resource.notPrepaid`. */
      code: string;
      /** @description The reason for people, in the caller's language. */
      message: string;
      /** @description What to do about it, or null. */
      remedy: string | null;
    };
    /** @description How far the recognition of a picture came. */
    RecognitionView: {
      /** @description Why nothing was read, such as `ocr.notFound`; */
      code: string | null;
      /** @description The same for people, with what to do. */
      message: string | null;
      /** @description `recognised`, `unreadable` (take the picture again, or type) or `unavailable` (nobody looked: type). */
      status: string;
    };
    /** @description Whom somebody is asked to show their face for, and nothing else of the filing. */
    RedeemedHandoverView: {
      /**
       * Format: date-time
       * @description Business time until which the check can be started.
       */
      expiresAt: string;
      /** @description For starting the check and reading its result. */
      handoverId: string;
      /** @description Whose face is asked for: the first character of the name and stars. */
      personName: string;
      /** @description Who compares the face, for people. */
      providerName: string;
      /** @description Of which site they are to be the principal. */
      siteDomain: string | null;
    };
    RedeemHandoverRequest: {
      /** @description From the applicant; */
      code: string;
    };
    /** @description The list of sets. */
    ReferenceSetsView: {
      items: components["schemas"]["ReferenceSetView"][];
    };
    /** @description One row of the list of sets. */
    ReferenceSetView: {
      /** @description Month the source describes, or `unknown`. */
      asOf: string;
      /** @description Rows in `items`. */
      count: number;
      /** @description Tag of the set, to compare with a kept copy; */
      eTag: string;
      href: string;
      /** @description Its name in the path. */
      set: string;
      /** @description Where its rows come from. */
      source: string;
    };
    RefreshRequest: {
      /** @description The one from the last login or refresh. */
      refreshToken: string;
    };
    /** @description 备案地域, by division codes. */
    RegionRequest: {
      city?: string | null;
      district?: string | null;
      province?: string | null;
    };
    RegionView: {
      city: string | null;
      district: string | null;
      province: string | null;
    };
    /** @description Why the filing came back. */
    RejectionView: {
      /** @description The marked fields; */
      findings: components["schemas"]["ReviewFindingView"][];
      /** @description The authority's or the reviewer's words for the whole, or null. */
      message: string | null;
      /** @description Pointers of what may be changed now, each with everything below it; */
      openFields: string[];
      /** @description `callUnreachable`; */
      reason: string | null;
      /** @description `provider` or `authority`. */
      stage: string;
    };
    /** @description What stands between the filing and its submission. */
    RequirementsView: {
      complete: boolean;
      due: components["schemas"]["RequirementView"][];
      pending: components["schemas"]["RequirementView"][];
      upcoming: components["schemas"]["UpcomingView"][];
      warnings: components["schemas"]["RequirementView"][];
    };
    /** @description One open point, with its field and its remedy. */
    RequirementView: {
      /** @description Other materials that would do as well. */
      alternatives?: string[] | null;
      /** @description The check of an outside fact that found it, asked again at submission; */
      check?: string | null;
      code: string;
      /** @description What another source says of the same point; */
      conflict?: string | null;
      /** @description Id of the material that is due. */
      kind?: string | null;
      message: string;
      /** @description That pack or data file with its version. */
      packVersion: string;
      /** @description Its missing part. */
      part?: string | null;
      /** @description JSON pointer into the filing. */
      pointer: string;
      remedy: string | null;
      /** @description The rule that judged: pack or data file, and row. */
      ruleId: string | null;
      severity: string;
      siteId: string | null;
      step: string | null;
    };
    /**
     * @description How a resource is paid for.
     * @enum {string}
     */
    ResourceBilling: "prepaid" | "payAsYouGo" | "package";
    /** @description What a site is to be served by, as the applicant named it: an auth code, or one of the account's own resources. */
    ResourceChoice: {
      /** @description The code as typed, any case, with or without blanks and hyphens; */
      authCode?: string | null;
      /** @description `authCode` or `resource`; */
      kind?: string | null;
      /** @description Id of the own resource; */
      resourceId?: string | null;
    };
    /** @description What a site is filed on: one of the account's resources, or an auth code. */
    ResourceRequest: {
      authCode?: string | null;
      /** @description `resource` or `authCode`. */
      kind?: string | null;
      resourceId?: string | null;
    };
    /** @description A cloud resource as its owner sees it. */
    ResourceView: {
      /** @description How a resource is paid for. */
      billing: components["schemas"]["ResourceBilling"];
      /** @description How many auth codes a resource can carry. */
      codes: components["schemas"]["CodesView"];
      /** @description True when one more service can be filed on it now. */
      eligible: boolean;
      /** Format: date-time */
      expiresAt: string | null;
      id: string;
      mainland: boolean;
      publicIps: string[];
      /** @description Empty exactly when eligible. */
      reasons: components["schemas"]["ReasonView"][];
      region: string;
      /** @description How many services the owner can file on a resource. */
      slots: components["schemas"]["SlotsView"];
      /** Format: date-time */
      syncedAt: string | null;
      type: string;
      /** @description The product's name in the caller's language. */
      typeName: string;
    };
    /** @description One page of a list, newest first. */
    ResourceViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["ResourceView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    ReviewFindingView: {
      materialId: string | null;
      pointer: string;
      reason: string;
      suggestion: string | null;
    };
    /**
     * @description In which capacity somebody acts.
     * @enum {string}
     */
    Role: "applicant" | "reviewer" | "admin" | "system";
    /** @description One rule in words. */
    RuleTextView: {
      /** @description Pack or data file and its version. */
      packVersion: string;
      /** @description As findings name it, such as `440000.minAge`. */
      ruleId: string;
      /** @description How heavy it weighs when it is not met. */
      severity: components["schemas"]["Severity"];
      /** @description What it asks for. */
      text: string;
    };
    /** @description One of the caller's own sessions. */
    SessionView: {
      /** @description True for the session that asks. */
      current: boolean;
      /** @description What it was opened with, such as `WeChat on iOS`; */
      device: string | null;
      /** @description For ending it. */
      id: string;
      /**
       * Format: date-time
       * @description The last refresh of its tokens, or the login;
       */
      lastUsedAt: string;
      /**
       * Format: date-time
       * @description The login.
       */
      startedAt: string;
    };
    /** @description One page of a list, newest first. */
    SessionViewPage: {
      /** @description At most as many as were asked for. */
      items: components["schemas"]["SessionView"][];
      /** @description Goes into `?cursor=` for the next page; */
      nextCursor: string | null;
    };
    /**
     * @description How heavy a finding weighs.
     * @enum {string}
     */
    Severity: "error" | "warning" | "info";
    SiteCheckView: {
      /** @description What was found. */
      results: components["schemas"]["CheckView"][];
      /** @description The site, or null for checks of the subject. */
      siteId: string | null;
    };
    /** @description 网站负责人: either a person, or the word that it is the subject's principal. */
    SitePrincipalRequest: {
      certificateNumber?: string | null;
      /** @description Code of the certificate types. */
      certificateType?: number | null;
      email?: string | null;
      emergencyPhone?: string | null;
      /** @description Such as `010-12345678`. */
      landline?: string | null;
      mobile?: string | null;
      name?: string | null;
      phone2?: string | null;
      /** @description True: the subject's principal by reference, and every other field is left out. */
      sameAsSubjectPrincipal?: boolean | null;
      /** @description First day of validity, `YYYY-MM-DD`. */
      validFrom?: string | null;
      /** @description Last day of validity, `YYYY-MM-DD`, or `longTerm`. */
      validTo?: string | null;
    };
    /** @description 网站信息, as typed. */
    SiteRequest: {
      /** @description Of the verified site: may be left out, and changes by verifying again. */
      domain?: string | null;
      homeUrl?: string | null;
      /** @description `website`; */
      kind?: string | null;
      /** @description Codes of the languages. */
      languages?: number[] | null;
      name?: string | null;
      preApprovals?: components["schemas"]["PreApprovalRequest"][] | null;
      remark?: string | null;
      /** @description As `domain`. */
      resource?: components["schemas"]["ResourceRequest"] | null;
      /** @description Codes of the service contents. */
      serviceContents?: number[] | null;
    };
    /** @description 网站信息. */
    SiteView: {
      checks: components["schemas"]["CheckView"][];
      domain: string | null;
      /** @description 视频核身 of a site's principal. */
      faceCheck: components["schemas"]["FaceCheckView"];
      /** @description True for the site that verification made: its domain and resource change there. */
      fromVerification: boolean;
      /** @description Set to the registrable domain when nothing was typed. */
      homeUrl: string | null;
      id: string;
      kind: string | null;
      languages: number[];
      name: string | null;
      /** @description 网站备案号, once approved. */
      number: string | null;
      preApprovals: components["schemas"]["PreApprovalView"][];
      /** @description 负责人. */
      principal: components["schemas"]["PersonView"];
      /** @description The addresses that are filed with it. */
      publicIps: string[];
      /** @description The registrable domain that is filed, or null while it cannot be. */
      registrableDomain: string | null;
      remark: string | null;
      /** @description What a site is to be served by, as the applicant named it: an auth code, or one of the account's own resources. */
      resource: components["schemas"]["ResourceChoice"] | null;
      serviceContents: number[];
    };
    /** @description How many services the owner can file on a resource. */
    SlotsView: {
      left: number;
      total: number;
      used: number;
    };
    SmsTargetView: {
      /** @description `subjectPrincipal` or `sitePrincipal`. */
      role: string;
      /** @description For a site's principal. */
      siteId: string | null;
      /** @description True once the authority's system said so. */
      verified: boolean;
    };
    /** @description What kind of filing to start. */
    StartFilingRequest: {
      /** @description Another filing of the account whose words to begin with, in whatever state; */
      copyFrom?: string | null;
      /** @description Null for a first filing; */
      subjectId?: string | null;
    };
    StepView: {
      siteId: string | null;
      status: string;
      step: string;
      visitable: boolean;
    };
    /** @description A code with its name. */
    StringNamedView: {
      code: string | null;
      name: string;
    };
    /** @description 主体信息. */
    SubjectView: {
      /** @description 经营范围; */
      businessScope: string | null;
      certificateAddress: string | null;
      /** @description Last day of the certificate, or `longTerm`; */
      certificateValidTo: string | null;
      investor: string | null;
      legalRepresentative: components["schemas"]["LegalRepresentativeView"] | null;
      mailingAddress: string | null;
      name: string | null;
      /** @description 负责人. */
      principal: components["schemas"]["PersonView"];
      remark: string | null;
    };
    /** @description The consents that go with a submission: every current agreement in its current version. */
    SubmitFilingRequest: {
      agreements?: components["schemas"]["AgreementRequest"][] | null;
    };
    /** @description Which suffixes may be filed. */
    SuffixOutlookView: {
      /** @description Refused although they are on the list. */
      denied: string[];
      /** @description Its `listedBy` that counts here. */
      list: string;
      /** @description The only ones of this nature; */
      only: string[];
      /** @description The set that lists them. */
      referenceSet: string;
    };
    SynchronisationView: {
      /**
       * Format: date-time
       * @description When.
       */
      at: string;
      /** @description Who told us, such as `staff` or `import`. */
      source: string;
    };
    TimelineItem: {
      /** @description What. */
      action: components["schemas"]["FilingAction"];
      /** @description Who: `applicant`, `reviewer`, `admin` or `system`; */
      actorRole: components["schemas"]["Role"];
      /**
       * Format: date-time
       * @description When.
       */
      at: string;
      /** @description Which reminder or reason, or null. */
      code: string | null;
      /** @description What is to be mended. */
      findings: components["schemas"]["ReviewFindingView"][];
      /** @description Words that came with it, such as why the applicant took it back or the authority rejected it; */
      message: string | null;
      /** @description Who told us: `applicant`, `staff`, `system`, or `import` for a result that came in a file. */
      source: string;
      /** @description The state afterwards. */
      state: components["schemas"]["FilingState"];
    };
    TimelineStep: {
      /** @description `done`, `current`, `failed` or `waiting`. */
      status: string;
      /** @description `submission`, `providerReview`, `pendingAuthority`, `smsVerification` or `authorityReview`. */
      step: string;
    };
    /** @description The filing's story so far and what comes next. */
    TimelineView: {
      /** @description What is left to do; */
      afterApproval: components["schemas"]["AfterApprovalView"] | null;
      /** @description Every date of the present state with its reason, the nearest first. */
      deadlines: components["schemas"]["DeadlineView"][];
      /** @description How long the authority usually takes; */
      estimate: components["schemas"]["AuthorityEstimateView"] | null;
      /**
       * Format: date-time
       * @description By when the next change is expected, or null when it waits for the applicant or nobody promised anything.
       */
      expectedNextAt: string | null;
      /** @description What happened, newest first. */
      items: components["schemas"]["TimelineItem"][];
      /** @description Where it stands. */
      state: components["schemas"]["FilingState"];
      /** @description The five steps of the screen: 提交初审, 接入商审核, 待提交管局, 工信部短信核验, 管局审核. */
      steps: components["schemas"]["TimelineStep"][];
      /** @description Where the authority's part comes from, or null before it began. */
      synchronisation: components["schemas"]["SynchronisationView"] | null;
    };
    /** @description A pair of tokens, as answered to a refresh. */
    TokensView: {
      /** @description JWT for the `Authorization: Bearer` header. */
      accessToken: string;
      /** @description Seconds the access token lives. */
      expiresIn: number;
      /** @description Good for one refresh. */
      refreshToken: string;
    };
    /** @description What a later edition of the rules changes. */
    UpcomingChangeView: {
      /** @description Id of the field, kind of the paper, or part of the answer. */
      about: string;
      /** @description `begins` or `ends`. */
      change: string;
      /**
       * Format: date
       * @description First day.
       */
      effectiveFrom: string;
      /** @description One rule in words. */
      rule: components["schemas"]["RuleTextView"];
    };
    /** @description A rule that will begin to judge, and what it will say of the filing as it is. */
    UpcomingView: {
      code: string;
      /**
       * Format: date
       * @description First day it judges.
       */
      effectiveFrom: string;
      kind: string | null;
      message: string;
      packVersion: string;
      part: string | null;
      pointer: string;
      remedy: string | null;
      ruleId: string | null;
      severity: string;
      siteId: string | null;
    };
    /**
     * @description How far the verification of the filing type (验证备案类型) is.
     * @enum {string}
     */
    VerificationStatus: "unverified" | "verified" | "failed";
    /** @description The step 验证备案类型. */
    VerificationView: {
      certificateNumber: string | null;
      certificateType: number | null;
      checks: components["schemas"]["CheckView"][];
      /** @description As typed. */
      domain: string | null;
      region: components["schemas"]["RegionView"] | null;
      /** @description What is filed for: the registrable domain, Chinese labels readable; */
      registrableDomain: string | null;
      /** @description What a site is to be served by, as the applicant named it: an auth code, or one of the account's own resources. */
      resource: components["schemas"]["ResourceChoice"] | null;
      /** @description How far the verification of the filing type (验证备案类型) is. */
      status: components["schemas"]["VerificationStatus"];
      subjectNature: number | null;
      /** Format: date-time */
      verifiedAt: string | null;
    };
    /** @description Something that takes its time. */
    WaitOutlookView: {
      gate: string;
      max: number;
      min: number;
      packVersion: string | null;
      /** @description Null for a promise of the provider. */
      ruleId: string | null;
      source: string[];
      text: string;
      /** @description `hours`, `days` or `workingDays`. */
      unit: string;
    };
    WeChatLoginRequest: {
      /** @description What `wx.login` gave the mini program; */
      code: string;
    };
    /** @description A consent taken back. */
    WithdrawnConsentView: {
      /** @description The record of it. */
      consent: components["schemas"]["ConsentView"];
      /** @description What follows, in the caller's language. */
      consequences: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type AccessView = components['schemas']['AccessView'];
export type AccessViewPage = components['schemas']['AccessViewPage'];
export type AfterApprovalView = components['schemas']['AfterApprovalView'];
export type AgreementRequest = components['schemas']['AgreementRequest'];
export type AuthCodeReasonView = components['schemas']['AuthCodeReasonView'];
export type AuthCodeStatus = components['schemas']['AuthCodeStatus'];
export type AuthCodeVerdictView = components['schemas']['AuthCodeVerdictView'];
export type AuthCodeView = components['schemas']['AuthCodeView'];
export type AuthCodeViewPage = components['schemas']['AuthCodeViewPage'];
export type AuthorityEstimateView = components['schemas']['AuthorityEstimateView'];
export type BindPhoneRequest = components['schemas']['BindPhoneRequest'];
export type CallWindowRequest = components['schemas']['CallWindowRequest'];
export type CallWindowView = components['schemas']['CallWindowView'];
export type ChangeAuthCodeRequest = components['schemas']['ChangeAuthCodeRequest'];
export type CheckAuthCodeRequest = components['schemas']['CheckAuthCodeRequest'];
export type CheckFilingView = components['schemas']['CheckFilingView'];
export type CheckItemView = components['schemas']['CheckItemView'];
export type CheckView = components['schemas']['CheckView'];
export type CodesView = components['schemas']['CodesView'];
export type ConfirmSubjectRequest = components['schemas']['ConfirmSubjectRequest'];
export type ConsentAction = components['schemas']['ConsentAction'];
export type ConsentSource = components['schemas']['ConsentSource'];
export type ConsentView = components['schemas']['ConsentView'];
export type ConsentViewPage = components['schemas']['ConsentViewPage'];
export type CountView = components['schemas']['CountView'];
export type DeadlinesView = components['schemas']['DeadlinesView'];
export type DeadlineView = components['schemas']['DeadlineView'];
export type DelegationView = components['schemas']['DelegationView'];
export type ErasedItem = components['schemas']['ErasedItem'];
export type ErasedView = components['schemas']['ErasedView'];
export type EstimateView = components['schemas']['EstimateView'];
export type FaceCheckStartView = components['schemas']['FaceCheckStartView'];
export type FaceCheckView = components['schemas']['FaceCheckView'];
export type FaceHandoverView = components['schemas']['FaceHandoverView'];
export type FieldOutlookView = components['schemas']['FieldOutlookView'];
export type FiledSiteView = components['schemas']['FiledSiteView'];
export type FiledSubjectView = components['schemas']['FiledSubjectView'];
export type FiledSubjectViewPage = components['schemas']['FiledSubjectViewPage'];
export type FilingAction = components['schemas']['FilingAction'];
export type FilingKind = components['schemas']['FilingKind'];
export type FilingOutlookView = components['schemas']['FilingOutlookView'];
export type FilingState = components['schemas']['FilingState'];
export type FilingSummary = components['schemas']['FilingSummary'];
export type FilingSummaryPage = components['schemas']['FilingSummaryPage'];
export type FilingView = components['schemas']['FilingView'];
export type FooterView = components['schemas']['FooterView'];
export type GiveConsentRequest = components['schemas']['GiveConsentRequest'];
export type HandedOverView = components['schemas']['HandedOverView'];
export type HintView = components['schemas']['HintView'];
export type IdCardView = components['schemas']['IdCardView'];
export type Int32NamedView = components['schemas']['Int32NamedView'];
export type IssueAuthCodesRequest = components['schemas']['IssueAuthCodesRequest'];
export type IssuedView = components['schemas']['IssuedView'];
export type JoinAccountRequest = components['schemas']['JoinAccountRequest'];
export type KeptView = components['schemas']['KeptView'];
export type LeaveFilingRequest = components['schemas']['LeaveFilingRequest'];
export type LegalRepresentativeRequest = components['schemas']['LegalRepresentativeRequest'];
export type LegalRepresentativeView = components['schemas']['LegalRepresentativeView'];
export type LetterLinkView = components['schemas']['LetterLinkView'];
export type LetterListView = components['schemas']['LetterListView'];
export type LetterView = components['schemas']['LetterView'];
export type LicenceView = components['schemas']['LicenceView'];
export type LimitsOutlookView = components['schemas']['LimitsOutlookView'];
export type LoginUserView = components['schemas']['LoginUserView'];
export type LoginView = components['schemas']['LoginView'];
export type MaskedPersonView = components['schemas']['MaskedPersonView'];
export type MaterialCopiesView = components['schemas']['MaterialCopiesView'];
export type MaterialCopyView = components['schemas']['MaterialCopyView'];
export type MaterialView = components['schemas']['MaterialView'];
export type MaterialViewPage = components['schemas']['MaterialViewPage'];
export type MessageTemplatesView = components['schemas']['MessageTemplatesView'];
export type MessageTemplateView = components['schemas']['MessageTemplateView'];
export type MeView = components['schemas']['MeView'];
export type MyAccountView = components['schemas']['MyAccountView'];
export type MyRealNameView = components['schemas']['MyRealNameView'];
export type NotificationChoices = components['schemas']['NotificationChoices'];
export type NotificationView = components['schemas']['NotificationView'];
export type NotificationViewPage = components['schemas']['NotificationViewPage'];
export type OcrRepresentativeView = components['schemas']['OcrRepresentativeView'];
export type OcrWarningView = components['schemas']['OcrWarningView'];
export type OutlookNoteView = components['schemas']['OutlookNoteView'];
export type PaperOutlookView = components['schemas']['PaperOutlookView'];
export type PaperReasonView = components['schemas']['PaperReasonView'];
export type PersonOutlookView = components['schemas']['PersonOutlookView'];
export type PersonRequest = components['schemas']['PersonRequest'];
export type PersonView = components['schemas']['PersonView'];
export type PreApprovalRequest = components['schemas']['PreApprovalRequest'];
export type PreApprovalView = components['schemas']['PreApprovalView'];
export type ProblemField = components['schemas']['ProblemField'];
export type ProblemView = components['schemas']['ProblemView'];
export type PutMeRequest = components['schemas']['PutMeRequest'];
export type PutSubjectRequest = components['schemas']['PutSubjectRequest'];
export type PutVerificationRequest = components['schemas']['PutVerificationRequest'];
export type RealNameKind = components['schemas']['RealNameKind'];
export type RealNameStatus = components['schemas']['RealNameStatus'];
export type ReasonView = components['schemas']['ReasonView'];
export type RecognitionView = components['schemas']['RecognitionView'];
export type RedeemedHandoverView = components['schemas']['RedeemedHandoverView'];
export type RedeemHandoverRequest = components['schemas']['RedeemHandoverRequest'];
export type ReferenceSetsView = components['schemas']['ReferenceSetsView'];
export type ReferenceSetView = components['schemas']['ReferenceSetView'];
export type RefreshRequest = components['schemas']['RefreshRequest'];
export type RegionRequest = components['schemas']['RegionRequest'];
export type RegionView = components['schemas']['RegionView'];
export type RejectionView = components['schemas']['RejectionView'];
export type RequirementsView = components['schemas']['RequirementsView'];
export type RequirementView = components['schemas']['RequirementView'];
export type ResourceBilling = components['schemas']['ResourceBilling'];
export type ResourceChoice = components['schemas']['ResourceChoice'];
export type ResourceRequest = components['schemas']['ResourceRequest'];
export type ResourceView = components['schemas']['ResourceView'];
export type ResourceViewPage = components['schemas']['ResourceViewPage'];
export type ReviewFindingView = components['schemas']['ReviewFindingView'];
export type Role = components['schemas']['Role'];
export type RuleTextView = components['schemas']['RuleTextView'];
export type SessionView = components['schemas']['SessionView'];
export type SessionViewPage = components['schemas']['SessionViewPage'];
export type Severity = components['schemas']['Severity'];
export type SiteCheckView = components['schemas']['SiteCheckView'];
export type SitePrincipalRequest = components['schemas']['SitePrincipalRequest'];
export type SiteRequest = components['schemas']['SiteRequest'];
export type SiteView = components['schemas']['SiteView'];
export type SlotsView = components['schemas']['SlotsView'];
export type SmsTargetView = components['schemas']['SmsTargetView'];
export type StartFilingRequest = components['schemas']['StartFilingRequest'];
export type StepView = components['schemas']['StepView'];
export type StringNamedView = components['schemas']['StringNamedView'];
export type SubjectView = components['schemas']['SubjectView'];
export type SubmitFilingRequest = components['schemas']['SubmitFilingRequest'];
export type SuffixOutlookView = components['schemas']['SuffixOutlookView'];
export type SynchronisationView = components['schemas']['SynchronisationView'];
export type TimelineItem = components['schemas']['TimelineItem'];
export type TimelineStep = components['schemas']['TimelineStep'];
export type TimelineView = components['schemas']['TimelineView'];
export type TokensView = components['schemas']['TokensView'];
export type UpcomingChangeView = components['schemas']['UpcomingChangeView'];
export type UpcomingView = components['schemas']['UpcomingView'];
export type VerificationStatus = components['schemas']['VerificationStatus'];
export type VerificationView = components['schemas']['VerificationView'];
export type WaitOutlookView = components['schemas']['WaitOutlookView'];
export type WeChatLoginRequest = components['schemas']['WeChatLoginRequest'];
export type WithdrawnConsentView = components['schemas']['WithdrawnConsentView'];
export type $defs = Record<string, never>;
export interface operations {
  listAuthCodes: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuthCodeViewPage"];
        };
      };
    };
  };
  issueAuthCodes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["IssueAuthCodesRequest"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["IssuedView"];
        };
      };
    };
  };
  changeAuthCode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        codeId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ChangeAuthCodeRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuthCodeView"];
        };
      };
    };
  };
  deleteAuthCode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        codeId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  checkAuthCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CheckAuthCodeRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuthCodeVerdictView"];
        };
      };
    };
  };
  logOut: {
    parameters: {
      query?: {
        /** @description True ends every session of the caller; */
        all?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  refreshSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RefreshRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TokensView"];
        };
      };
    };
  };
  logInWithWeChat: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["WeChatLoginRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LoginView"];
        };
      };
    };
  };
  redeemHandover: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["RedeemHandoverRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RedeemedHandoverView"];
        };
      };
    };
  };
  getHandedOver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        handoverId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HandedOverView"];
        };
      };
    };
  };
  startHandedOver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        handoverId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FaceCheckStartView"];
        };
      };
    };
  };
  listFilings: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingSummaryPage"];
        };
      };
    };
  };
  startFiling: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["StartFilingRequest"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getFiling: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  abandonFiling: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["LeaveFilingRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  putCallWindow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["CallWindowRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getFilingCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CheckFilingView"];
        };
      };
    };
  };
  checkFiling: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CheckFilingView"];
        };
      };
    };
  };
  listLetters: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LetterListView"];
        };
      };
    };
  };
  getLetter: {
    parameters: {
      query?: {
        siteId?: string;
      };
      header?: never;
      path: {
        filingId: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  makeLetterLink: {
    parameters: {
      query?: {
        siteId?: string;
      };
      header?: never;
      path: {
        filingId: string;
        kind: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LetterLinkView"];
        };
      };
    };
  };
  listMaterials: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MaterialViewPage"];
        };
      };
    };
  };
  addMaterial: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "multipart/form-data": {
          /** Format: binary */
          file: string;
          kind: string;
          part?: string;
          signedOn?: string;
          siteId?: string;
          uploadId?: string;
        };
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MaterialView"];
        };
      };
    };
  };
  deleteMaterial: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        materialId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getMaterialContent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        materialId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getMaterialCopy: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description `working` or `authority`. */
        copy: string;
        filingId: string;
        materialId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  addSite: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SiteRequest"];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  putSite: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SiteRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  deleteSite: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getFaceCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FaceCheckView"];
        };
      };
    };
  };
  startFaceCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FaceCheckStartView"];
        };
      };
    };
  };
  handOverFaceCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FaceHandoverView"];
        };
      };
    };
  };
  putSitePrincipal: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
        siteId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SitePrincipalRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  putSubject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PutSubjectRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  confirmSubject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["ConfirmSubjectRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  putSubjectPrincipal: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PersonRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  submitFiling: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SubmitFilingRequest"];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getTimeline: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TimelineView"];
        };
      };
    };
  };
  putVerification: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PutVerificationRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  withdrawFiling: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        filingId: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        "application/json": components["schemas"]["LeaveFilingRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingView"];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MeView"];
        };
      };
    };
  };
  putMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["PutMeRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MeView"];
        };
      };
    };
  };
  eraseMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErasedView"];
        };
      };
    };
  };
  getAccessLog: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AccessViewPage"];
        };
      };
    };
  };
  joinAccount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["JoinAccountRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MeView"];
        };
      };
    };
  };
  listConsents: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConsentViewPage"];
        };
      };
    };
  };
  giveConsent: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["GiveConsentRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConsentView"];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConsentView"];
        };
      };
    };
  };
  withdrawConsent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the text, or of the caller's own record that is the consent which stands. */
        consentId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WithdrawnConsentView"];
        };
      };
    };
  };
  exportMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listMessageTemplates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MessageTemplatesView"];
        };
      };
    };
  };
  bindPhone: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["BindPhoneRequest"];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MeView"];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SessionViewPage"];
        };
      };
    };
  };
  endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listNotifications: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["NotificationViewPage"];
        };
      };
    };
  };
  readNotification: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        notificationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["NotificationView"];
        };
      };
    };
  };
  readBusinessLicence: {
    parameters: {
      query?: {
        /** @description The caller's filing, or null. */
        filingId?: string;
        /** @description Id of the materials data; */
        kind?: string;
        /** @description One of the kind's parts; */
        part?: string;
        /** @description Whose paper: a site's principal, or null for the subject and its principal. */
        siteId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "multipart/form-data": {
          /** Format: binary */
          file: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LicenceView"];
        };
      };
    };
  };
  readIdCard: {
    parameters: {
      query?: {
        /** @description The caller's filing, or null. */
        filingId?: string;
        /** @description Id of the materials data; */
        kind?: string;
        /** @description One of the kind's parts; */
        part?: string;
        /** @description Whose paper: a site's principal, or null for the subject and its principal. */
        siteId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "multipart/form-data": {
          /** Format: binary */
          file: string;
        };
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["IdCardView"];
        };
      };
    };
  };
  listReferenceSets: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReferenceSetsView"];
        };
      };
    };
  };
  getReferenceSet: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        set: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": unknown;
        };
      };
    };
  };
  getProvince: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": unknown;
        };
      };
    };
  };
  getRequirements: {
    parameters: {
      query?: {
        /** @description `firstFiling` or `addSite`; */
        kind?: string;
        /** @description Code of the subject natures. */
        nature?: string;
        /** @description Division code of the province. */
        province?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FilingOutlookView"];
        };
      };
    };
  };
  listResources: {
    parameters: {
      query?: {
        /** @description nextCursor of the page before; */
        cursor?: string;
        /** @description Most items on the page. */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ResourceViewPage"];
        };
      };
    };
  };
  listSubjects: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FiledSubjectViewPage"];
        };
      };
    };
  };
  getSubject: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        subjectId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FiledSubjectView"];
        };
      };
    };
  };
}
