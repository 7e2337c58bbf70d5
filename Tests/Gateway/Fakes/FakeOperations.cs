using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Shop.Messaging.V1;
using Shop.Testing;

namespace Shop.Gateway.Tests.Fakes;

/// <summary>The operators' calls of all services; the port is that of the called one.</summary>
public sealed class FakeOperations(Func<string, string> serviceAt) : OperationsService.OperationsServiceBase
{
    public const string LetterId = "0198c0de-0000-7000-8000-0000000000cc";

    private int _left;

    public Calls Calls { get; } = new();

    /// <summary>By service.</summary>
    public Dictionary<string, DeadLetter[]> Letters { get; set; } = new() { ["catalog"] = [Letter(LetterId)] };

    /// <summary>Services that are away.</summary>
    public HashSet<string> Away { get; } = [];

    /// <summary>Services that do not answer until the caller has gone.</summary>
    public HashSet<string> Hanging { get; } = [];

    /// <summary>How many calls have left a service that hangs.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>Of the last call for one letter.</summary>
    public DateTime Deadline { get; private set; }

    public override Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        var letters = Of(context)
            .OrderByDescending(letter => letter.DeadLetterId, StringComparer.Ordinal)
            .Where(letter => request.AfterId.Length == 0 || string.CompareOrdinal(letter.DeadLetterId, request.AfterId) < 0)
            .ToList();
        return Calls.TakeAsync(request, context, new ListDeadLettersResponse
        {
            DeadLetters = { letters.Take(request.PageSize) },
            HasMore = letters.Count > request.PageSize,
        });
    }

    public override async Task<GetDeadLetterResponse> GetDeadLetter(GetDeadLetterRequest request, ServerCallContext context)
    {
        Deadline = context.Deadline;
        if (Hanging.Contains(serviceAt(context.Host)))
        {
            try
            {
                await Unanswered.UntilAsync(context.CancellationToken);
            }
            finally
            {
                Interlocked.Increment(ref _left);
            }
        }
        return Of(context).FirstOrDefault(letter => letter.DeadLetterId == request.DeadLetterId) is { } letter
            ? await Calls.TakeAsync(request, context, new GetDeadLetterResponse { Letter = letter, Source = "inventory", Partition = 3, Offset = 42, Status = "parked", PayloadSize = 12, PayloadJson = """{ "onHand": "7" }""" })
            : throw new RpcException(new Status(StatusCode.NotFound, "No such dead letter."));
    }

    public override Task<ReplayDeadLetterResponse> ReplayDeadLetter(ReplayDeadLetterRequest request, ServerCallContext context) =>
        Of(context).Any(letter => letter.DeadLetterId == request.DeadLetterId)
            ? Calls.TakeAsync(request, context, new ReplayDeadLetterResponse { Replayed = 3 })
            : throw new RpcException(new Status(StatusCode.NotFound, "No such dead letter."));

    public override Task<DiscardDeadLetterResponse> DiscardDeadLetter(DiscardDeadLetterRequest request, ServerCallContext context) =>
        Of(context).Any(letter => letter.DeadLetterId == request.DeadLetterId)
            ? Calls.TakeAsync(request, context, new DiscardDeadLetterResponse())
            : throw new RpcException(new Status(StatusCode.NotFound, "No such dead letter."));

    public override Task<ReplayDeadLettersResponse> ReplayDeadLetters(ReplayDeadLettersRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new ReplayDeadLettersResponse { Count = Of(context).Length });

    /// <summary>By service.</summary>
    public Dictionary<string, ComparedEvents[]> Comparisons { get; set; } = [];

    public HashSet<string> NotCompared { get; } = [];

    public override Task<ListComparisonsResponse> ListComparisons(ListComparisonsRequest request, ServerCallContext context)
    {
        _ = Of(context);
        return Calls.TakeAsync(request, context, new ListComparisonsResponse
        {
            Results = { Comparisons.GetValueOrDefault(serviceAt(context.Host), []) }, Compared = !NotCompared.Contains(serviceAt(context.Host)),
        });
    }

    public override Task<GetBacklogResponse> GetBacklog(GetBacklogRequest request, ServerCallContext context) =>
        Calls.TakeAsync(request, context, new GetBacklogResponse { Outbox = 3, ConsumerLag = 7, Parked = Of(context).Length });

    public static DeadLetter Letter(string id) => new()
    {
        DeadLetterId = id, EventId = id, Consumer = "follow-stock", Topic = "shop.stock.v1", Key = "0198c0de-0000-7000-8000-000000000001", Type = "shop.inventory.v1.StockChanged",
        OccurredAt = new Timestamp { Seconds = 1 }, ParkedAt = new Timestamp { Seconds = 2 }, Reason = "DivideByZero: by zero", Attempts = 3,
    };

    private DeadLetter[] Of(ServerCallContext context)
    {
        var service = serviceAt(context.Host);
        return Away.Contains(service) ? throw new RpcException(new Status(StatusCode.Unavailable, "away")) : Letters.GetValueOrDefault(service, []);
    }
}
