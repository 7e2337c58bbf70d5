using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.OpenApi;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using static Shop.OrderHistory.V1.OrderHistoryService;

namespace Shop.Gateway.Operators.History;

internal sealed record RebuildStarted(string RebuildId);

/// <param name="State"><c>idle</c> before the first rebuild.</param>
/// <param name="EventsTotal">On the topics, as far as known.</param>
/// <param name="StartedAt">Null: there was none.</param>
/// <param name="SwappedAt">Null: it has not been swapped in.</param>
/// <param name="Error">Why it has failed; null: it has not.</param>
/// <param name="OrdersBefore">Orders in the table that served until the swap; null: it has not been swapped in.</param>
/// <param name="OrdersAfter">Orders in the table that was swapped in, among them all that were in the one before.</param>
internal sealed record RebuildView(
    [property: AllowedValues("idle", "running", "swapped", "failed", "cancelled")] string State,
    long EventsRead, long EventsTotal, DateTime? StartedAt, DateTime? SwappedAt, string? Error, long? OrdersBefore, long? OrdersAfter)
{
    public static RebuildView Of(GetRebuildResponse rebuild) => new(
        rebuild.State, rebuild.EventsRead, rebuild.EventsTotal, rebuild.StartedAt?.ToDateTime(), rebuild.SwappedAt?.ToDateTime(), rebuild.HasError ? rebuild.Error : null,
        rebuild.HasOrdersBefore ? rebuild.OrdersBefore : null, rebuild.HasOrdersAfter ? rebuild.OrdersAfter : null);
}

/// <summary>Operators have OrderHistory's tables built anew from the topics.</summary>
internal static class RebuildOperations
{
    private const string Path = "/order-history/rebuild";

    public static void MapRebuild(this RouteGroupBuilder ops)
    {
        ops.MapPost(Path, StartAsync)
            .WithName("startRebuild").WithSummary("Builds the order history anew from the topics while the old one serves, and then puts it in its place.").Answers(401, 403, 409);
        ops.MapGet(Path, GetAsync)
            .WithName("getRebuild").WithSummary("The last rebuild of the order history.").Answers(401, 403);
        ops.MapDelete(Path, CancelAsync)
            .WithName("cancelRebuild").WithSummary("Breaks the running rebuild of the order history off; the old one serves on. 409: none is running, and the last one was not cancelled.").Answers(401, 403, 409);
    }

    private static async Task<Accepted<RebuildStarted>> StartAsync(OrderHistoryServiceClient history, CancellationToken cancel)
    {
        var answer = await history.StartRebuildAsync(new(), cancellationToken: cancel);
        return TypedResults.Accepted($"/api/v1/ops{Path}", new RebuildStarted(answer.RebuildId));
    }

    private static async Task<Ok<RebuildView>> GetAsync(OrderHistoryServiceClient history, CancellationToken cancel) =>
        TypedResults.Ok(RebuildView.Of(await history.GetRebuildAsync(new(), cancellationToken: cancel)));

    private static async Task<NoContent> CancelAsync(OrderHistoryServiceClient history, CancellationToken cancel)
    {
        await history.CancelRebuildAsync(new(), cancellationToken: cancel);
        return TypedResults.NoContent();
    }
}
