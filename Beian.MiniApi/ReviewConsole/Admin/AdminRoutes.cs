using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole.Admin;

/// <summary>Pages for admins: staff, inventory, codes and the audit trail.</summary>
internal static class AdminRoutes
{
    public static void MapAdminPages(this ConsoleGroups console)
    {
        console.Admins.MapGet("/staff", ShowStaff.HandleAsync).WithName("console.staff");
        console.Admins.MapPost("/staff/{staffId}/factor-removal", ResetFactor.HandleAsync).WithName("console.resetFactor");
        console.Admins.MapGet("/resources", ShowResources.HandleAsync).Shows("resources").WithName("console.resources");
        console.Admins.MapGet("/codes", ShowCodes.HandleAsync).Shows("auth_codes").WithName("console.codes");
        console.Admins.MapGet("/audit", ShowAudit.HandleAsync).Shows("audit_entries").WithName("console.audit");
    }
}
