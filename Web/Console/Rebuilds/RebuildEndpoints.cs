using Shop.Console.Actions;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Rebuilds;

internal static class RebuildEndpoints
{
    private const string Path = "/api/v1/ops/order-history/rebuild";

    private static readonly OperatorAction Start = new("rebuild.start", _ => "/order-history", async (request, cancel) =>
    {
        await request.PostAsync(Path, null, cancel);
        return ActionOutcome.Done;
    });

    private static readonly OperatorAction Cancel = new("rebuild.cancel", _ => "/order-history", async (request, cancel) =>
    {
        await request.DeleteAsync(Path, cancel);
        return ActionOutcome.Done;
    })
    { IsDangerous = true };

    public static void MapRebuild(this IEndpointRouteBuilder app)
    {
        app.MapPage("/order-history", async (GatewayClient gateway, CancellationToken cancel) => View.Of<RebuildPage>(await gateway.GetMineAsync<Rebuild>(Path, cancel)));
        app.MapPage("/order-history/state", async (GatewayClient gateway, CancellationToken cancel) => View.Of<RebuildPart>(await gateway.GetMineAsync<Rebuild>(Path, cancel)));
        app.MapAction("/order-history/rebuild", Start);
        app.MapAction("/order-history/rebuild/cancel", Cancel);
    }
}
