using Shop.Console.Actions;
using Shop.Design.Pages;

namespace Shop.Console.Sagas;

internal static class SagaEndpoints
{
    public static void MapSagas(this IEndpointRouteBuilder app)
    {
        app.MapPage("/sagas", async (string? state, string? pageToken, SagaCalls sagas, CancellationToken cancel) =>
        {
            var known = Saga.States.Contains(state) ? state : null;
            var page = await sagas.ListAsync(known, pageToken, cancel);
            return View.Of<SagasPage>(new SagasModel(page.Items, known, page.NextPageToken));
        });
        app.MapPage("/sagas/{id:guid}", async (Guid id, SagaCalls sagas, CancellationToken cancel) => View.Of<SagaPage>(await sagas.GetAsync(id, cancel)));
        app.MapAction("/sagas/{id:guid}/retry", SagaActions.Retry);
        app.MapAction("/sagas/{id:guid}/compensate", SagaActions.Compensate);
    }
}
