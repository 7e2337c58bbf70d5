using Grpc.Core;
using Shop.Messaging.Comparison;
using Shop.Messaging.DeadLetters;
using Shop.Messaging.Definition;
using Shop.Messaging.Outbox;
using Shop.Messaging.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Paging;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Operations;

/// <summary>The operators' gRPC service of every service with messaging, for its own dead letters, and its side of the gateway's comparisons and backlogs.</summary>
internal sealed class OperationsService(
    DeadLetterOperations letters, MessagingDefinition definition, ComparedDays days, PublishedEventReader published, AppliedEventReader applied, EventRepublication republication, ComparisonResults comparisons, OutboxStatistics outbox, GroupLag lag)
    : V1.OperationsService.OperationsServiceBase
{
    private const string Gateway = "gateway";
    private const int MaxName = 1_000;

    [AllowOperators]
    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        var check = new Check();
        var size = Page.Size(check, request.PageSize);
        Guid? after = request.AfterId.Length == 0 ? null : check.Uuid("afterId", request.AfterId);
        check.ThrowIfAny();

        var found = await letters.ListAsync(new(), after, size + 1, context.CancellationToken);
        return new() { DeadLetters = { found.Take(size).Select(DeadLetterContract.Of) }, HasMore = found.Count > size };
    }

    [AllowOperators]
    public override async Task<GetDeadLetterResponse> GetDeadLetter(GetDeadLetterRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.DeadLetterId, out var id)
            || await letters.FindAsync(id, context.CancellationToken) is not { } letter || await letters.FindPayloadAsync(id, context.CancellationToken) is not { } payload)
            throw new NotFoundException("No such dead letter.");
        var (json, isWhole) = PayloadJson.Of(definition.HandlerOf(letter.Type, letter.Consumer), payload);
        return DeadLetterContract.Of(letter, payload, json, isWhole);
    }

    [AllowOperators]
    public override async Task<ReplayDeadLetterResponse> ReplayDeadLetter(ReplayDeadLetterRequest request, ServerCallContext context)
    {
        if (!Guid.TryParse(request.DeadLetterId, out var id) || await letters.FindAsync(id, context.CancellationToken) is not { } letter)
            throw new NotFoundException("No such dead letter.");
        if (letter.Status != "parked")
            throw new RefusedException("dead_letter_resolved", $"This dead letter has already been {letter.Status}.");

        var result = await letters.ReplayAsync(id, context.Caller().Member.ToString(), context.CancellationToken);
        // Another replay or a discard was faster.
        if (result is { Error: null, Replayed: 0 })
            throw new RefusedException("dead_letter_resolved", "This dead letter was resolved meanwhile.");
        return result.Error is null
            ? new() { Replayed = result.Replayed }
            : throw new RefusedException("replay_failed", $"Nothing was replayed: {result.FailedId?.ToString() ?? "one dead letter"} failed again: {result.Error}");
    }

    [AllowOperators]
    public override async Task<ReplayDeadLettersResponse> ReplayDeadLetters(ReplayDeadLettersRequest request, ServerCallContext context)
    {
        // PostgreSQL refuses text that contains NUL.
        var check = new Check();
        check.Line("consumer", request.Consumer, 0, MaxName);
        check.Line("key", request.Key, 0, MaxName);
        check.ThrowIfAny();

        return new()
        {
            Count = await letters.RequestReplayAsync(
                request.Consumer.Length == 0 ? null : request.Consumer, request.Key.Length == 0 ? null : request.Key, context.Caller().Member.ToString(), context.CancellationToken),
        };
    }

    [AllowOperators]
    public override async Task<DiscardDeadLetterResponse> DiscardDeadLetter(DiscardDeadLetterRequest request, ServerCallContext context)
    {
        var check = new Check();
        var reason = check.Line("reason", request.Reason, 1, 500);
        check.ThrowIfAny();

        if (!Guid.TryParse(request.DeadLetterId, out var id) || await letters.FindAsync(id, context.CancellationToken) is not { } letter)
            throw new NotFoundException("No such dead letter.");
        // Again, or by another call at the same time, it is discarded already: the same answer.
        if (letter.Status == "parked" && !await letters.DiscardAsync(id, reason, context.Caller().Member.ToString(), context.CancellationToken))
            letter = await letters.FindAsync(id, context.CancellationToken) ?? letter;
        if (letter.Status == "replayed")
            throw new RefusedException("dead_letter_resolved", "This dead letter was resolved already.");
        return new();
    }

    [AllowServices(Gateway)]
    public override Task<ClaimComparisonResponse> ClaimComparison(ClaimComparisonRequest request, ServerCallContext context) => days.ClaimAsync(context.CancellationToken);

    [AllowServices(Gateway)]
    public override Task<GetPublishedResponse> GetPublished(GetPublishedRequest request, ServerCallContext context) => published.CountAsync(request, context.CancellationToken);

    [AllowServices(Gateway)]
    public override Task<ListPublishedIdsResponse> ListPublishedIds(ListPublishedIdsRequest request, ServerCallContext context) =>
        published.ListAsync(request, context.CancellationToken);

    [AllowServices(Gateway)]
    public override Task<FindMissedResponse> FindMissed(FindMissedRequest request, ServerCallContext context) => applied.FindMissedAsync(request, context.CancellationToken);

    [AllowServices(Gateway)]
    public override Task<RepublishEventsResponse> RepublishEvents(RepublishEventsRequest request, ServerCallContext context) =>
        republication.HandleAsync(request, context.CancellationToken);

    [AllowServices(Gateway)]
    public override Task<RecordComparisonResponse> RecordComparison(RecordComparisonRequest request, ServerCallContext context) =>
        comparisons.RecordAsync(request, context.CancellationToken);

    [AllowOperators]
    public override Task<ListComparisonsResponse> ListComparisons(ListComparisonsRequest request, ServerCallContext context) =>
        comparisons.ListAsync(request, context.CancellationToken);

    [AllowOperators]
    public override async Task<GetBacklogResponse> GetBacklog(GetBacklogRequest request, ServerCallContext context)
    {
        var cancel = context.CancellationToken;
        var behind = lag.ReadAsync(cancel);
        var answer = new GetBacklogResponse { Outbox = (await outbox.ReadAsync(cancel)).Backlog, Parked = await letters.CountParkedAsync(cancel) };
        if (await behind is { } events)
            answer.ConsumerLag = events;
        return answer;
    }
}
