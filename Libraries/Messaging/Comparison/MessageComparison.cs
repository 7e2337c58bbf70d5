using Grpc.Core;
using Microsoft.Extensions.Logging;
using Shop.Messaging.V1;
using Client = Shop.Messaging.V1.OperationsService.OperationsServiceClient;

namespace Shop.Messaging.Comparison;

/// <summary>
/// Compares, for each service, what others have published on the days that are due with what its handlers have applied, and has the missing events published again.
/// It keeps no state: a comparison that is interrupted at any point is done again by the next one, and two at once do no harm. Thread-safe.
/// </summary>
/// <param name="serviceOf">The client of a service, by its name.</param>
/// <param name="services">All services with messaging. Without its hyphens, a name is the second part of the package of the service's events.</param>
public sealed partial class MessageComparison(Func<string, Client> serviceOf, IReadOnlyList<string> services, ILogger<MessageComparison> logger)
{
    /// <summary>Compares what is due. A service that cannot be reached is logged, and is compared the next time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var service in services)
        {
            try
            {
                while (await CompareNextAsync(service, cancel)) { }
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested)
            {
                LogFailed(service, failure is RpcException call ? call.Status.ToString() : failure.Message);
            }
        }
    }

    /// <returns>False: no day is due.</returns>
    private async Task<bool> CompareNextAsync(string service, CancellationToken cancel)
    {
        var consumer = serviceOf(service);
        var claimed = await consumer.ClaimComparisonAsync(new(), cancellationToken: cancel);
        if (claimed.Day.Length == 0)
            return false;

        var published = await PublishedAsync(claimed.Day, [.. claimed.Applied.SelectMany(handler => handler.Kinds).Distinct()], cancel);
        var record = new RecordComparisonRequest { Day = claimed.Day, ClaimId = claimed.ClaimId };
        foreach (var handler in claimed.Applied)
            record.Results.Add(await CompareAsync(consumer, claimed.Day, handler, published, cancel));
        await consumer.RecordComparisonAsync(record, cancellationToken: cancel);
        return true;
    }

    private async Task<Dictionary<EventKind, PublishedEvents>> PublishedAsync(string day, IReadOnlyList<EventKind> kinds, CancellationToken cancel)
    {
        var answers = await Task.WhenAll(kinds.GroupBy(PublisherOf).Select(publisher =>
            serviceOf(publisher.Key).GetPublishedAsync(new() { Day = day, Kinds = { publisher } }, cancellationToken: cancel).ResponseAsync));
        return answers.SelectMany(answer => answer.Published).ToDictionary(events => events.Kind);
    }

    private async Task<IReadOnlyList<ComparedEvents>> CompareAsync(
        Client consumer, string day, HandlerEvents handler, Dictionary<EventKind, PublishedEvents> published, CancellationToken cancel)
    {
        var events = handler.Kinds.Select(kind => published[kind]).ToList();
        var isEqual = events.Sum(kind => kind.Count) == handler.Count && events.Aggregate(0L, (digest, kind) => digest ^ kind.Digest) == handler.Digest;
        var results = new List<ComparedEvents>();
        foreach (var kind in events)
        {
            var (missing, requested) = isEqual ? (0, 0) : await RequestMissingAsync(consumer, day, handler.Consumer, kind.Kind, cancel);
            results.Add(new()
            {
                Consumer = handler.Consumer, Kind = kind.Kind, Published = kind.Count, Unpublished = kind.Unpublished, Missing = missing, Requested = requested,
            });
        }
        return results;
    }

    private async Task<(long Missing, long Requested)> RequestMissingAsync(Client consumer, string day, string handler, EventKind kind, CancellationToken cancel)
    {
        var publisher = serviceOf(PublisherOf(kind));
        var (missing, requested) = (0L, 0L);
        for (var after = ""; ;)
        {
            var page = await publisher.ListPublishedIdsAsync(new() { Day = day, Kind = kind, AfterId = after, PageSize = ComparedIds.Most }, cancellationToken: cancel);
            if (page.EventIds.Count > 0)
            {
                var missed = await consumer.FindMissedAsync(new() { Consumer = handler, EventIds = { page.EventIds } }, cancellationToken: cancel);
                missing += missed.EventIds.Count;
                if (missed.EventIds.Count > 0)
                    requested += (await publisher.RepublishEventsAsync(new() { EventIds = { missed.EventIds } }, cancellationToken: cancel)).Count;
                after = page.EventIds[^1];
            }
            if (page.EventIds.Count < ComparedIds.Most)
                return (missing, requested);
        }
    }

    // shop.inventory.v1.StockChanged → inventory; a package has no hyphens: shop.orderhistory.v1… → order-history.
    private string PublisherOf(EventKind kind)
    {
        var package = kind.Type.Split('.')[1];
        return services.FirstOrDefault(service => service.Replace("-", "", StringComparison.Ordinal) == package)
            ?? throw new InvalidOperationException($"No service has the package of {kind.Type}.");
    }

    [LoggerMessage(LogLevel.Warning, "What {Service} has applied could not be compared with what was published; next attempt in the next round: {Reason}")]
    private partial void LogFailed(string service, string reason);
}
