using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Gateway.OpenApi;
using Shop.GrpcClients;
using Shop.Messaging.V1;
using Shop.OrderHistory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using static Shop.OrderHistory.V1.OrderHistoryService;
using static Shop.Ordering.V1.OrderingService;
using Operations = Shop.Messaging.V1.OperationsService.OperationsServiceClient;

namespace Shop.Gateway.Operators.History;

/// <summary>The figures of all services, which are called at the same time; what does not answer in time is left out and named.</summary>
internal static class FigureOperations
{
    private const string History = "order-history";
    private const string Ordering = "ordering";
    private const string Broker = "kafka";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private sealed record Backlog(string Service, GetBacklogResponse? Answer);

    public static void MapFigures(this RouteGroupBuilder ops) => ops.MapGet("/figures", GetAsync)
        .WithName("getFigures").WithSummary("Orders per minute and today, how long they take, how far services are behind, and what waits for an operator.").Answers(401, 403);

    private static async Task<Ok<FiguresView>> GetAsync(
        OrderHistoryServiceClient history, OrderingServiceClient ordering, UpstreamClients<Operations> services, TimeProvider clock, CancellationToken cancel)
    {
        var historic = OptionalPart.CallIfAvailableAsync(options => history.GetFiguresAsync(new(), options), Timeout, clock, cancel);
        var overdue = OptionalPart.CallIfAvailableAsync(options => ordering.CountOverdueSagasAsync(new(), options), Timeout, clock, cancel);
        var backlogs = await Task.WhenAll(services.Services.Select(async service => new Backlog(
            service, await OptionalPart.CallIfAvailableAsync(options => services.Of(service).GetBacklogAsync(new(), options), Timeout, clock, cancel))));
        var (figures, sagas) = (await historic, await overdue);
        if (figures is null && sagas is null && backlogs.All(part => part.Answer is null))
            throw new UnavailableException("No service answers with its figures.");

        return TypedResults.Ok(Compose(figures, sagas?.Overdue, backlogs));
    }

    private static FiguresView Compose(GetFiguresResponse? figures, long? overdue, Backlog[] backlogs) => new(
        figures?.Minutes.Select(FiguresOfMinute.Of).ToList(),
        figures is null ? null : FiguresOfOrders.Of(figures.Today),
        figures?.RejectedBy.ToDictionary(),
        figures is null ? null : PercentilesView.Of(figures.PlacedToConfirmed),
        new(backlogs.ToDictionary(part => part.Service, part => part.Answer?.Outbox), backlogs.ToDictionary(part => part.Service, part => LagOf(part.Answer))),
        overdue,
        // A sum without a part of it would be wrong.
        backlogs.All(part => part.Answer is not null) ? backlogs.Sum(part => part.Answer!.Parked) : null,
        [.. Missing(figures, overdue, backlogs).Distinct().Order(StringComparer.Ordinal)]);

    private static IEnumerable<string> Missing(GetFiguresResponse? figures, long? overdue, Backlog[] backlogs)
    {
        if (figures is null)
            yield return History;
        if (overdue is null)
            yield return Ordering;
        foreach (var (service, answer) in backlogs)
        {
            if (answer is null)
                yield return service;
            else if (!answer.HasConsumerLag)
                yield return Broker;
        }
    }

    private static long? LagOf(GetBacklogResponse? backlog) => backlog is { HasConsumerLag: true } ? backlog.ConsumerLag : null;
}
