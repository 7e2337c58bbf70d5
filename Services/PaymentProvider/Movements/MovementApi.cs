namespace Shop.PaymentProvider.Movements;

internal static class MovementApi
{
    /// <summary>With the API key, also in production: customers reconcile with it.</summary>
    public static void MapMovements(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/v1/movements"), movements => movements.UseMiddleware<ApiKeyCheck>());
        app.MapGet("/v1/movements", ListMovements.HandleAsync);
    }
}
