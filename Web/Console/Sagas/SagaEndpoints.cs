using Shop.Console.Actions;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Console.Sagas;

internal static class SagaEndpoints
{
    public static void MapSagas(this IEndpointRouteBuilder app)
    {
        app.MapPage("/sagas", ListAsync);
        app.MapPage("/sagas/{id:guid}", async (Guid id, SagaCalls sagas, CancellationToken cancel) => View.Of<SagaPage>(await sagas.GetAsync(id, cancel)));
        app.MapAction("/sagas/{id:guid}/retry", SagaActions.Retry);
        app.MapAction("/sagas/{id:guid}/compensate", SagaActions.Compensate);
    }

    private static async Task<IResult> ListAsync(string? state, string? orderId, string? pageToken, SagaCalls sagas, Wording words, CancellationToken cancel)
    {
        var (known, order) = (Saga.States.Contains(state) ? state : null, orderId?.Trim());
        try
        {
            var page = await sagas.ListAsync(known, order, pageToken, cancel);
            return View.Of<SagasPage>(new SagasModel(page.Items, known, order, page.NextPageToken, FormErrors.None));
        }
        catch (ApiException failure) when (failure.Status == 400 && failure.Errors.ContainsKey("orderId"))
        {
            return View.Of<SagasPage>(new SagasModel([], known, order, null, FormErrors.None.With("orderId", words["invalid.orderId"])), StatusCodes.Status422UnprocessableEntity);
        }
    }
}
