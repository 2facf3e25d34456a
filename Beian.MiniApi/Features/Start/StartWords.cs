namespace Beian.MiniApi.Features.Start;

/// <summary>What the start page says, in one language.</summary>
internal sealed record StartWords
{
    public static readonly StartWords Chinese = new()
    {
        Language = "zh-CN",
        Title = "网站备案",
        About = "请在微信小程序中办理备案：从登录、验证备案类型、填写信息、上传材料，到取得备案号。",
        CodeAlt = "备案小程序的小程序码",
        CodeCaption = "打开微信“扫一扫”，扫描小程序码开始办理。",
        PlaceholderAlt = "小程序码占位图，不能扫描",
        PlaceholderCaption = "沙箱占位图：真实的小程序码由微信生成，此图不能扫描。",
        QrAlt = "打开备案小程序的二维码",
        QrCaption = "打开微信“扫一扫”，扫描二维码开始办理；在手机上也可以直接打开链接：",
        NoPicture = "小程序码暂时无法显示。请在微信中搜索本服务的小程序，或稍后刷新本页。",
    };

    public static readonly StartWords English = new()
    {
        Language = "en",
        Title = "ICP filing",
        About = "File your site in the WeChat Mini Program: log in, verify the filing type, fill in the form, upload the papers, and get the filing number.",
        CodeAlt = "Mini Program code of the filing service",
        CodeCaption = "Scan the code with WeChat to begin.",
        PlaceholderAlt = "Placeholder for the Mini Program code; it cannot be scanned",
        PlaceholderCaption = "Placeholder of the sandbox: a real Mini Program code is drawn by WeChat, this picture cannot be scanned.",
        QrAlt = "QR code that opens the filing Mini Program",
        QrCaption = "Scan the code with WeChat to begin; on a phone, open the link:",
        NoPicture = "The Mini Program code cannot be shown at the moment. Search for the Mini Program of this service in WeChat, or reload this page later.",
    };

    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string About { get; init; }

    public required string CodeAlt { get; init; }

    public required string CodeCaption { get; init; }

    public required string PlaceholderAlt { get; init; }

    public required string PlaceholderCaption { get; init; }

    public required string QrAlt { get; init; }

    public required string QrCaption { get; init; }

    public required string NoPicture { get; init; }
}
