using Shop.Console.Reconciliation;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Home;

internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder app)
    {
        app.MapPage("/", async (GatewayClient gateway, CancellationToken cancel) => View.Of<HomePage>(await ModelAsync(gateway, cancel)));
        app.MapPage("/figures", async (GatewayClient gateway, CancellationToken cancel) => View.Of<FiguresPart>(await ModelAsync(gateway, cancel)));
    }

    private static async Task<HomeModel> ModelAsync(GatewayClient gateway, CancellationToken cancel)
    {
        var figures = FindAsync<Figures>(gateway, "/api/v1/ops/figures", cancel);
        var reconciliation = FindAsync<ReconciliationState>(gateway, "/api/v1/ops/reconciliation", cancel);
        // Both end, whichever fails: they share the request's services.
        await Task.WhenAll(figures, reconciliation);
        return new(await figures, await reconciliation);
    }

    /// <returns>Null: unavailable at the moment. The page says so and shows the rest.</returns>
    private static async Task<T?> FindAsync<T>(GatewayClient gateway, string path, CancellationToken cancel) where T : class
    {
        try
        {
            return await gateway.GetMineAsync<T>(path, cancel);
        }
        catch (ApiException failure) when (failure.IsUnavailable || failure.Status >= 500)
        {
            return null;
        }
    }
}
