using Shop.Console.Actions;
using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Sagas;

internal static class SagaEndpoints
{
    private const string Path = "/api/v1/ops/sagas";

    public static void MapSagas(this IEndpointRouteBuilder app)
    {
        app.MapPage("/sagas", async (string? state, string? pageToken, GatewayClient gateway, CancellationToken cancel) =>
        {
            var known = Saga.States.Contains(state) ? state : null;
            var page = await gateway.GetMineAsync<PageOf<Saga>>(ListAddress.Of(Path, ("state", known), ("pageToken", pageToken)), cancel);
            return View.Of<SagasPage>(new SagasModel(page.Items, known, page.NextPageToken));
        });
        app.MapPage("/sagas/{id:guid}", async (Guid id, GatewayClient gateway, CancellationToken cancel) =>
            View.Of<SagaPage>(await gateway.GetMineAsync<Saga>($"{Path}/{id}", cancel)));
        app.MapAction("/sagas/{id:guid}/retry", SagaActions.Retry);
        app.MapAction("/sagas/{id:guid}/compensate", SagaActions.Compensate);
    }
}
