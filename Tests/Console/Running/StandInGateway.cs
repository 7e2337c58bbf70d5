using System.Globalization;

namespace Shop.Console.Tests.Running;

/// <summary>A gateway with one of everything that operators see, in a state in which every action is offered.</summary>
public sealed class StandInGateway : StandInHttp
{
    public const string Saga = "0198d0a6-de79-72fa-805d-cabbc9989001";
    public const string Letter = "0198d0a6-de79-72fa-805d-cabbc9989002";
    public const string Order = "0198d0a6-de79-72fa-805d-cabbc9989003";
    public const string Shipment = "0198d0a6-de79-72fa-805d-cabbc9989004";
    public const string Product = "0198d0a6-de79-72fa-805d-cabbc9989005";
    public const string Member = "0198d0a6-de79-72fa-805d-cabbc9989006";
    public const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private const string At = "2026-11-20T10:00:00Z";

    public StandInGateway() => Reset();

    /// <summary>False: the account is a member's.</summary>
    public bool IsOperator
    {
        get;
        set => (field, Members.Role) = (value, value ? "operator" : "member");
    }

    /// <summary>What strangers have written, everywhere.</summary>
    public string Text { get; set; } = "";

    /// <summary>The calls that change something.</summary>
    public IReadOnlyList<Call> Writes => [.. Calls.Where(call => call.Method != "GET" && !call.Path.StartsWith("/api/v1/sessions", StringComparison.Ordinal))];

    /// <param name="text">What strangers have written, everywhere.</param>
    public void Reset(string text = "Keyboard")
    {
        Clear();
        (IsOperator, Text) = (true, text);
        Members.Name = "Operator";
        On("GET /api/v1/categories", _ => Answer.Json(200, new { items = new[] { new { id = "keyboards", name = Text, productCount = 1 } } }));
        On("GET /api/v1/products", _ => Answer.Json(200, new { items = new[] { ProductBody() }, nextPageToken = (string?)null }));
        On("GET /api/v1/products/*", call => call.Path.EndsWith(Product, StringComparison.Ordinal) ? Answer.Json(200, ProductBody(call.Headers["Accept-Language"])) : Answer.Problem(404, null, "Not found."));
        Ops("GET /api/v1/ops/figures", _ => Answer.Json(200, Figures()));
        Ops("GET /api/v1/ops/reconciliation", _ => Answer.Json(200, new { at = At, compared = 12, differences = new[] { new { orderId = Order, kind = "missing_capture", ours = Text, theirs = (string?)null, repaired = false, at = At } } }));
        Ops("GET /api/v1/ops/missed-messages", _ => Answer.Json(200, ComparisonsBody("reviews")));
        Ops("GET /api/v1/ops/order-history/rebuild", _ => Answer.Json(200, new { state = "running", eventsRead = 10, eventsTotal = 20, startedAt = At, swappedAt = (string?)null, error = (string?)null }));
        Ops("GET /api/v1/ops/sagas", _ => Answer.Json(200, new { items = new[] { SagaBody() }, nextPageToken = "next" }));
        Ops("GET /api/v1/ops/sagas/*", _ => Answer.Json(200, SagaBody()));
        Ops("GET /api/v1/ops/dead-letters", _ => Answer.Json(200, LettersBody(LetterBody(Letter))));
        Ops("GET /api/v1/ops/dead-letters/*", _ => Answer.Json(200, LetterDetails(new { onHand = "7", note = Text })));
        Ops("GET /api/v1/ops/orders", _ => Answer.Json(200, new { items = new[] { OrderBody(Order) }, nextPageToken = (string?)null }));
        Ops("GET /api/v1/ops/orders/*", _ => Answer.Json(200, OrderBody(Order)));
        Ops("GET /api/v1/ops/shipments", _ => Answer.Json(200, new { items = new[] { ShipmentBody("created"), ShipmentBody("dispatched") }, nextPageToken = (string?)null }));
        Ops("GET /api/v1/ops/stock/*", _ => Answer.Json(200, new { onHand = 40, reserved = 3, available = 37 }) with { Tag = "\"7\"" });
        foreach (var accepted in new[] { "POST /api/v1/ops/sagas/*/retry", "POST /api/v1/ops/sagas/*/compensate" })
            Ops(accepted, _ => new Answer(202, ""));
        foreach (var done in new[] { "POST /api/v1/ops/dead-letters/*/discard", "POST /api/v1/ops/products/*/discontinue", "PUT /api/v1/ops/stock/*", "POST /api/v1/ops/shipments/*/dispatch", "POST /api/v1/ops/shipments/*/deliver", "POST /api/v1/ops/shipments/*/fail" })
            Ops(done, _ => new Answer(204, ""));
        Ops("POST /api/v1/ops/dead-letters/*/replay", _ => Answer.Json(200, new { replayed = 3 }));
        Ops("POST /api/v1/ops/dead-letters/replay", _ => Answer.Json(202, new { count = 17 }));
        Ops("POST /api/v1/ops/orders/*/refund", _ => Answer.Json(202, new { orderId = Order, status = "cancelling" }));
        Ops("POST /api/v1/ops/order-history/rebuild", _ => Answer.Json(202, new { rebuildId = Order }));
        Ops("DELETE /api/v1/ops/order-history/rebuild", _ => new Answer(204, ""));
        Ops("POST /api/v1/ops/products", _ => Answer.Json(201, ProductBody()));
        Ops("PATCH /api/v1/ops/products/*", _ => Answer.Json(200, ProductBody()));
        Ops("POST /api/v1/ops/products/import", _ => new Answer(200, """
            {"event":"progress","lines":0,"added":0,"changed":0,"unchanged":0,"bad":0}
            {"event":"bad","line":3,"field":"price","message":"must be a whole number of won, digits only"}
            {"event":"done","lines":4,"added":2,"changed":1,"unchanged":0,"bad":1}
            """, "application/x-ndjson"));
    }

    /// <summary>A call of operators: who is none gets a 403, before anything else.</summary>
    public void Ops(string what, Func<Call, Answer> answer) => On(what, Members.Authorised(call => IsOperator ? answer(call) : Answer.Problem(403, null, "Operators only.")));

    public object LetterBody(string id) => new
    {
        id, service = "catalog", consumer = Text, topic = "stock", key = Text, type = Text, eventId = Order, reason = Text, attempts = 5, occurredAt = At, parkedAt = At, traceId = Trace,
    };

    public static object LettersBody(params IEnumerable<object> items) => new { items, nextPageToken = new string('t', 200), unavailable = new[] { "reviews" }, services = new[] { "catalog", "ordering", "reviews" } };

    public object LetterDetails(object? payload, string? base64 = null, string status = "parked", string parkedAt = At) => new
    {
        id = Letter, service = "catalog", consumer = Text, topic = "stock", key = Text, type = Text, eventId = Order, reason = Text, attempts = 5, occurredAt = At, parkedAt, traceId = Trace,
        source = Text, partition = 3, offset = 42, status, resolvedAt = status == "parked" ? null : At, resolvedBy = status == "parked" ? null : Member, resolution = status == "discarded" ? Text : null,
        payloadSize = 1234, payload, payloadBase64 = base64,
    };

    public object ComparisonsBody(params string[] unavailable) => new
    {
        day = "2026-11-19", unavailable, notCompared = new[] { "coupons" },
        items = new[] { ComparedBody("follow-deliveries", missing: 2), ComparedBody("follow-members", unpublished: 1), ComparedBody("follow-stock") },
    };

    public object ComparedBody(string consumer, long missing = 0, long unpublished = 0) => new
    {
        service = "reviews", consumer, topic = "shop.orders.v1", type = Text, published = 1234, unpublished, missing, requested = missing, comparedAt = At, requestedAt = missing > 0 ? At : null,
    };

    public object OrderBody(string id, string status = "dispatched") => new
    {
        orderId = id, memberId = Member, status, reason = Text, cancelNote = Text, placedAt = At,
        lines = new[] { new { productId = Product, name = Text, quantity = 2, unitPrice = Won(129_900), lineTotal = Won(259_800) } }, subtotal = Won(259_800), discount = Won(0), total = Won(259_800),
        payment = new { status = "captured", amount = Won(259_800), attempts = 1, refunded = Won(0) },
        shipment = new { id = Shipment, status = "dispatched", trackingNumber = Text, dispatchedAt = At, deliveredAt = (string?)null },
        timeline = new[] { new { at = At, what = Text } }, unavailable = Array.Empty<string>(),
    };

    public static Dictionary<string, object?> Figures(long overdue = 2, long? deadLetters = 1, long lag = 5, params string[] unavailable) => new()
    {
        ["perMinute"] = Enumerable.Range(0, 60).Select(i => new { minute = new DateTime(2026, 11, 20, 9, i, 0, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture), placed = i % 7, confirmed = i % 6, rejected = i % 3, cancelled = 0, revenue = Won(1000) }).ToArray(),
        ["today"] = new { placed = 1234, confirmed = 1200, rejected = 30, cancelled = 4, revenue = Won(123_456_789) },
        ["rejectedBy"] = new Dictionary<string, long> { ["out_of_stock"] = 7, ["payment_declined"] = 3 },
        ["placedToConfirmedMs"] = new { p50 = 120.4, p95 = 480.0, p99 = 1234.5 },
        ["lag"] = new { outbox = new Dictionary<string, long?> { ["catalog"] = 0, ["ordering"] = lag }, consumers = new Dictionary<string, long?> { ["catalog"] = 5, ["ordering"] = null } },
        ["overdueSagas"] = overdue, ["deadLetters"] = deadLetters, ["unavailable"] = unavailable,
    };

    private static object Won(long amount) => new { amount, currency = "KRW" };

    private object SagaBody() => new
    {
        id = Saga, type = "CheckoutSaga", state = "overdue", step = "authorise payment", attempts = 7, startedAt = At, deadline = At, dueAt = At, orderId = Order,
        steps = new[]
        {
            new { sequence = 1, step = "reserve stock", direction = "forward", attempt = 1, outcome = "done", error = (string?)null, startedAt = At, durationMs = 12.4, traceId = (string?)Trace },
            new { sequence = 2, step = "authorise payment", direction = "forward", attempt = 7, outcome = "failed", error = (string?)Text, startedAt = At, durationMs = 3000.0, traceId = (string?)null },
        },
    };

    private object ShipmentBody(string status) => new
    {
        id = status == "created" ? Shipment : Letter, orderId = Order, status, trackingNumber = Text, reason = Text, createdAt = At, dispatchedAt = (string?)null, deliveredAt = (string?)null,
    };

    public object ProductBody(string language = "ko", string stock = "low", long available = 3) => new
    {
        id = Product, name = $"{Text} {language}", description = $"{Text} {language}", category = new { id = "keyboards", name = Text }, price = Won(129_900), imageUrl = "/images/products/x.svg",
        stock = new { state = stock, available }, rating = new { average = (double?)null, count = 0 },
    };
}
