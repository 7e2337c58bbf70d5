using System.Text.Json;
using Npgsql;
using Shop.Checker;
using Shop.Checker.Sources;
using Shop.Testing;
using Order = Shop.SystemTests.Running.Order;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>Places the orders of the matrix, and waits for what becomes of them.</summary>
internal sealed class Orders(ShopWithFaults shop)
{
    private const int AtOnce = 12;
    private const int Members = 6;
    private const int Stock = 10_000;
    private const int Quantity = 2;
    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(60);
    private readonly Queue<(Member Member, Guid Id, string Coupon)> _coupons = [];
    private Product _product = null!;
    private Product _small = null!;
    private Member? _operator;

    /// <summary>Its id. One order takes all of it.</summary>
    public string SmallProduct => _small.Id;

    public List<Case> All { get; } = [];

    public ClientRecord Record => new()
    {
        Stock = new Dictionary<Guid, long> { [Guid.Parse(_product.Id)] = Stock, [Guid.Parse(_small.Id)] = Quantity },
        Orders = [.. All.Where(order => order.IsPlaced).Select(order => new RequestedOrder(order.MemberId, order.Order.Id, order.Id, order.IsCancelled))],
    };

    public async Task PrepareAsync(int count)
    {
        _product = await RetriedAsync(() => shop.ProductWithStockAsync(Stock));
        _small = await RetriedAsync(() => shop.ProductWithStockAsync(Quantity));
        var members = await Task.WhenAll(Enumerable.Range(0, Members).Select(_ => RetriedAsync(async () =>
        {
            var member = await shop.SignUpAsync();
            var id = (await member.GetAsync("/api/v1/me")).GetProperty("memberId").GetGuid();
            return Tuple.Create(member, id, await shop.MoreCouponsAsync(await CouponTests.WelcomeAsync(member), (count / Members) + 1));
        })));
        for (var i = 0; i <= count / Members; i++)
        {
            foreach (var (member, id, coupons) in members)
                _coupons.Enqueue((member, id, coupons[i]));
        }
    }

    /// <summary>Places all, at the same time; cancels those that are to be cancelled, all others being placed meanwhile.</summary>
    public async Task StartAsync(IReadOnlyList<Case> cases)
    {
        All.AddRange(cases);
        var cancelled = cases.Where(order => order.IsCancelled).ToList();
        await PlaceAsync(cancelled);
        var shipped = await WithShipmentsAsync(cancelled);
        await Task.WhenAll(PlaceAsync(cases.Except(cancelled)), EachAsync(shipped, CancelAsync));
        foreach (var order in shipped.Where(order => order.ParcelLeaves))
            await ParcelLeavesAsync(order);
    }

    /// <summary>Places all, and waits until they have shipments.</summary>
    public async Task PlaceWithShipmentAsync(IReadOnlyList<Case> cases)
    {
        All.AddRange(cases);
        await PlaceAsync(cases);
        await WithShipmentsAsync(cases);
    }

    /// <summary>Waits until all have ended as they are to, or the time is over: then <see cref="Case.Actual"/> says how.</summary>
    public async Task EndAsync(IReadOnlyList<Case> cases, TimeSpan within)
    {
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                var orders = (await OrderData.ReadAsync(shop.Info.DatabaseOf("ordering"), CancellationToken.None)).Orders;
                return cases.All(order => orders[order.Id] is { } row && (row.Status, row.Reason) == (order.Expected.Status, order.Expected.Reason));
            }, "all orders have ended", within);
        }
        catch (TimeoutException)
        {
            // Each case says of itself how it ended.
        }
    }

    private Task PlaceAsync(IEnumerable<Case> cases) => EachAsync(cases, async order =>
    {
        (Member Member, Guid Id, string Coupon) buyer;
        lock (_coupons)
            buyer = _coupons.Dequeue();
        var key = Guid.CreateVersion7().ToString();
        var accepted = await AnsweredAsync(() => buyer.Member.TryPlaceOrderWithAsync(buyer.Coupon, order.TakesTheLast ? _small : _product, Quantity, paymentToken: order.Token, key: key));
        order.Placed(new Order(buyer.Member, accepted.GetProperty("orderId").GetString()!), buyer.Id);
        shop.Proxy.Register(order.Script);
    });

    /// <summary>The orders that have got their shipments in time. The others say of themselves that they have none.</summary>
    private async Task<IReadOnlyList<Case>> WithShipmentsAsync(IReadOnlyList<Case> cases)
    {
        List<Case> without = [.. cases];
        try
        {
            await Eventually.TrueAsync(async () =>
            {
                var shipments = await ShipmentsAsync();
                without.RemoveAll(order => shipments.ContainsKey(order.Id));
                return without.Count == 0;
            }, "confirmed orders have shipments", GoesOnWithin);
        }
        catch (TimeoutException failure)
        {
            foreach (var order in without)
                order.Problems.Add($"it has no shipment: {failure.Message}");
        }

        return [.. cases.Except(without)];
    }

    public async Task<IReadOnlyDictionary<Guid, Shipment>> ShipmentsAsync() =>
        (await ShippingData.ReadAsync(shop.Info.DatabaseOf("shipping"), CancellationToken.None)).ToDictionary(shipment => shipment.OrderId);

    /// <summary>Dispatched while its calling off waits at the proxy. Then Shipping has to refuse it.</summary>
    private async Task ParcelLeavesAsync(Case order)
    {
        await Eventually.TrueAsync(() => order.Script.IsHeld, $"{order.Name}: its calling off is on its way", GoesOnWithin);
        await MoveAsync(order, "dispatch");
        await Eventually.TrueAsync(async () => await CountAsync(
            $"select count(*) from orders where id = '{order.Id}' and timeline::text like '%parcel_dispatched%'") == 1, "Ordering knows that the parcel has left", GoesOnWithin);
        if (order.Row is { IsLocal: false } || order.Fault == Fault.OrderingKilledStored)
            order.Script.Release();
    }

    public Task CancelAsync(Case order) => AnsweredAsync(() => order.Order.CancelAsync(key: order.Order.Id));

    public async Task MoveAsync(Case order, string move, object? body = null)
    {
        var shipment = (await ShipmentsAsync())[order.Id].Id;
        await AnsweredAsync(async () => await (_operator ??= await shop.OperatorAsync()).SendAsync(HttpMethod.Post, $"/api/v1/ops/shipments/{shipment}/{move}", body));
    }

    /// <summary>Begins again if a part of the shop is not ready yet.</summary>
    private static Task<T> RetriedAsync<T>(Func<Task<T>> prepare) where T : class => Eventually.IsAsync<T>(async () => await prepare(), "the shop is ready", GoesOnWithin);

    /// <summary>As a client does it: the same request again, with the same key, while a part of the shop is unavailable.</summary>
    private static async Task<JsonElement> AnsweredAsync(Func<Task<HttpResponseMessage>> request)
    {
        var (status, body) = await Eventually.IsAsync(async () =>
        {
            using var answer = await request();
            return (int)answer.StatusCode >= 500 ? null : Tuple.Create(answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }, "the shop answers", GoesOnWithin);
        Assert.True((int)status < 300, $"{status}: {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Of Ordering's database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf("ordering"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task EachAsync(IEnumerable<Case> cases, Func<Case, Task> act) =>
        Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (order, _) => await act(order));
}
