using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>Puts the tags in the order of the journey and says what each is about.</summary>
internal sealed class JourneyTags : IDocumentFilter
{
    private static readonly (string Name, string Description)[] Order =
    [
        ("Auth", "Login with WeChat, tokens and logout (登录)."),
        ("Me", "The caller's own profile and account."),
        ("Reference", "Public lists: provinces, certificates, service contents, materials and what they mean."),
        ("Resources", "The account's cloud resources and what can be filed on them (云服务)."),
        ("Auth codes", "Filing auth codes made out to other accounts (备案授权码)."),
        ("Filings", "A filing as a whole: start, look, check, submit, withdraw, abandon (备案单)."),
        ("Verification", "The filing type: region, certificate, domain and resource (验证备案类型)."),
        ("Subject", "Who files, and what has been filed (主体信息)."),
        ("Sites", "The sites and their principals (网站信息)."),
        ("Face check", "The face check of a site's principal (视频核身)."),
        ("Materials", "The papers (上传材料)."),
        ("Letters", "The letters to print, sign and hand in (文书)."),
        ("Notifications", "The inbox of the applicant (消息)."),
        ("Staff", "Login of reviewers and admins."),
        ("Review", "The provider's review: queue, claim, calls, approval, rejection (接入商审核)."),
        ("Authority", "Handing over to the authority, SMS verification and its result (管局审核)."),
        ("Admin", "The provider's feeds: accounts, resources, earlier filings."),
        ("Operations", "Health of the service, and where WeChat pushes events to."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = swaggerDoc.Paths.Values.SelectMany(p => p.Operations ?? []).SelectMany(o => o.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Name!).ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(Order.Where(t => used.Contains(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }));
    }
}
