namespace Beian.MiniApi.ReviewConsole.Deliveries;

/// <summary>Messages to people and partners outside: what became of each, dead letters first.</summary>
internal static class DeliveryRoutes
{
    public static void MapDeliveryPages(this ConsoleGroups console)
    {
        console.Reviewers.MapGet("/deliveries", ShowDeliveries.HandleAsync).WithName("console.deliveries");
        console.Reviewers.MapPost("/deliveries/{deliveryId}/retry", RetryHere.HandleAsync).WithName("console.retryDelivery");
        console.Reviewers.MapPost("/deliveries/{deliveryId}/drop", DropHere.HandleAsync).WithName("console.dropDelivery");
    }
}
