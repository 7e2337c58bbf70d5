using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Shop.Checker;
using Shop.Shipping.V1;
using Shop.Testing;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>The events of a few orders that ended in all ways, delivered again in both orders, and two parcels whose events come in the other order at first.</summary>
internal sealed class EventCases(ShopWithFaults shop, Orders orders, Action<string> say)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = false };
    private readonly EventReplay _events = new(shop.Info.KafkaBootstrap);
    private readonly HashSet<string> _replayed = [];

    public static readonly Case Delivered = new("delivered", null, null, End.Delivered);
    public static readonly Case Failed = new("delivery failed", null, null, End.DeliveryFailed);
    public static readonly Case SoldOutAndBack = new("cancelled, the last pieces", null, null, End.Cancelled) { TakesTheLast = true };
    public static readonly Case DeliveredFirst = new("`ShipmentDelivered` before `ShipmentDispatched`", null, null, End.Delivered);
    public static readonly Case FailedFirst = new("`ShipmentFailed` before `ShipmentDispatched`", HeldAtCallOff(), Fault.DatabaseRestartedBefore, End.DeliveryFailed);
    public static readonly IReadOnlyList<Case> All = [Delivered, Failed, SoldOutAndBack, DeliveredFirst, FailedFirst];

    /// <summary>What the events changed when they came again. Null: the run has not got so far.</summary>
    public IReadOnlyList<string>? Changes { get; private set; }

    public bool WasReplayed(string @event) => _replayed.Contains(@event);

    /// <param name="tokens">Orders that end in the other ways.</param>
    public async Task RunAsync(IReadOnlyList<Case> tokens)
    {
        await orders.PlaceWithShipmentAsync(All);
        await orders.CancelAsync(SoldOutAndBack);
        await Task.WhenAll(orders.MoveAsync(Delivered, "dispatch"), orders.MoveAsync(Failed, "dispatch"));
        await Task.WhenAll(orders.MoveAsync(Delivered, "deliver"), orders.MoveAsync(Failed, "fail", new { reason = "lost" }));
        await orders.EndAsync([Delivered, Failed, SoldOutAndBack], Timeout);

        await ParcelsInTheOtherOrderAsync();
        await orders.EndAsync(All, Timeout);
        say($"{All.Count} orders with parcels");
        await ReplayAsync([.. tokens, Delivered, Failed, SoldOutAndBack]);
    }

    private async Task ParcelsInTheOtherOrderAsync()
    {
        var records = _events.Read(["shop.shipments.v1"], All.Select(order => order.Order.Id).ToHashSet());
        var shipments = await orders.ShipmentsAsync();
        var now = TimeProvider.System.GetUtcNow().ToTimestamp();
        var first = records.Where(record => EventReplay.TypeOf(record) == nameof(ShipmentCreated)).ToDictionary(record => record.Message.Key);
        var (delivered, failed) = (DeliveredFirst, FailedFirst);
        await _events.NewAsync(records.First(record => EventReplay.TypeOf(record) == nameof(ShipmentDelivered)), first[delivered.Order.Id], new ShipmentDelivered
        {
            ShipmentId = shipments[delivered.Id].Id.ToString(), OrderId = delivered.Order.Id, MemberId = delivered.MemberId.ToString(), DispatchedAt = now, DeliveredAt = now,
        });
        await _events.NewAsync(records.First(record => EventReplay.TypeOf(record) == nameof(ShipmentFailed)), first[failed.Order.Id], new ShipmentFailed
        {
            ShipmentId = shipments[failed.Id].Id.ToString(), OrderId = failed.Order.Id, MemberId = failed.MemberId.ToString(), Reason = "lost", DispatchedAt = now, FailedAt = now,
        });
        await orders.EndAsync([delivered], Timeout);
        await Eventually.TrueAsync(() => failed.Script.IsHeld, "the refund of the failed delivery has begun", Timeout);

        // What the events told happens now, so that Shipping's own come later.
        await Task.WhenAll(orders.MoveAsync(delivered, "dispatch"), orders.MoveAsync(failed, "dispatch"));
        await Task.WhenAll(orders.MoveAsync(delivered, "deliver"), orders.MoveAsync(failed, "fail", new { reason = "lost" }));
        failed.Script.Release();
    }

    private async Task ReplayAsync(IReadOnlyList<Case> cases)
    {
        var document = ShopDocument.Parse(await File.ReadAllTextAsync(shop.Info.Path));
        // If it never is, the test of the invariants says so.
        await Check.AtRestAsync(document, orders.Record, Timeout, CancellationToken.None);
        var before = await Evidence.CollectAsync(document, orders.Record, CancellationToken.None);
        var keys = cases.SelectMany(order => new[] { order.Order.Id, before.Orders.Orders[order.Id].Coupon.ToString()! }).Append(orders.SmallProduct).ToHashSet();
        var topics = EventRow.All.Where(row => row.NotOfOrders is null).Select(row => row.Topic).ToHashSet();
        var records = _events.Read(topics, keys).Where(record => EventRow.All.Single(row => row.Event == EventReplay.TypeOf(record)).NotOfOrders is null).ToList();
        _replayed.UnionWith(records.Select(EventReplay.TypeOf));

        await _events.AgainAsync(records);
        var ids = await _events.AsNewAsync(Enumerable.Reverse(records));
        await AreHandledAsync(document, before, ids);

        var after = await Evidence.CollectAsync(document, orders.Record, CancellationToken.None);
        Changes = [.. State(before).Zip(State(after)).Where(pair => pair.First != pair.Second).Select(pair => $"before: {Shorten(pair.First, pair.Second)}\nafter: {Shorten(pair.Second, pair.First)}")];
        say($"{records.Count} events published again in both orders");
    }

    /// <summary>A consumer that has handled one event of a type handles all of them. Events of one partition are handled in order, so the duplicates were before these.</summary>
    private static async Task AreHandledAsync(ShopDocument document, Evidence before, IReadOnlyDictionary<Guid, string> ids)
    {
        var types = before.Events.Outbox.ToDictionary(row => row.Id, row => row.Type.Split('.')[^1]);
        var consumers = before.Events.Inbox.Where(mark => types.ContainsKey(mark.EventId)).Select(mark => (mark.Service, mark.Consumer, Type: types[mark.EventId])).ToHashSet();
        var awaited = ids.SelectMany(id => consumers.Where(consumer => consumer.Type == id.Value).Select(consumer => (consumer.Service, consumer.Consumer, EventId: id.Key))).ToHashSet();
        Assert.NotEmpty(awaited);
        await Eventually.TrueAsync(async () =>
        {
            var inbox = (await Evidence.CollectAsync(document, ClientRecord.Empty, CancellationToken.None)).Events.Inbox;
            return awaited.IsSubsetOf(inbox.Select(mark => (mark.Service, mark.Consumer, mark.EventId)));
        }, "the repeated events are handled", Timeout);
    }

    /// <summary>All that an event could change, line by line.</summary>
    private static IEnumerable<string> State(Evidence evidence) =>
    [
        Text(evidence.Orders.Orders.Values.OrderBy(order => order.Id)),
        Text(evidence.Stock.Stock.Values.OrderBy(stock => stock.ProductId)),
        Text(evidence.Stock.Listed.Values.OrderBy(stock => stock.ProductId)),
        Text(evidence.Stock.Reservations.Values.OrderBy(reservation => reservation.OrderId)),
        Text(evidence.Payments.Intents.Values.OrderBy(intent => intent.OrderId)),
        Text(evidence.Payments.Postings.Count),
        Text(evidence.Charges.OrderBy(charge => charge.ChargeId)),
        Text(evidence.Coupons.Coupons.Values.OrderBy(coupon => coupon.Id)),
        Text(evidence.Coupons.Redemptions.Values.OrderBy(redemption => redemption.OrderId)),
        Text(evidence.Shipments.OrderBy(shipment => shipment.Id)),
        Text(evidence.Notifications.Made.OrderBy(notification => (notification.SubjectId, notification.Kind))),
        Text(evidence.Notifications.Waiting),
        Text(evidence.History.OrderBy(row => row.Id)),
        Text(evidence.Sagas.OrderBy(saga => saga.Id).Select(saga => (saga.Id, saga.Status).ToString())),
        Text(evidence.Events.Outbox.Select(row => (row.Id, row.Type).ToString()).Order()),
        Text(evidence.Events.Parked),
    ];

    private static string Text<T>(T what) => JsonSerializer.Serialize(what, Format);

    private static string Shorten(string text, string other)
    {
        var from = Math.Max(0, text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count() - 150);
        return text.Substring(from, Math.Min(400, text.Length - from));
    }

    private static Row HeldAtCallOff() => Rows.All.Single(row => row.Key == "RefundSaga: call off shipment");
}
