using System.Net;
using Shop.Chaos.Plans;
using Shop.Checker;

namespace Shop.Chaos.Actors;

/// <summary>The operators' work.</summary>
internal sealed class Operator(Session session, Products products)
{
    private const int MostReads = 5;

    /// <summary>Reads the stock and sets it, if nobody has changed it in between: so it is known by how much it changed.</summary>
    public async Task RestockAsync(Restock step, CancellationToken cancel)
    {
        var product = products[step.Product];
        var path = $"/api/v1/ops/stock/{product}";
        for (var reads = 0; reads < MostReads; reads++)
        {
            var read = await session.SendAsync(Request.Get(step.Number, path), ok => ok.Status is HttpStatusCode.OK, cancel);
            if (read is null)
                return;

            var before = read.Body.GetProperty("onHand").GetInt64();
            var after = Math.Max(0, before + step.Change);
            var set = new Request(step.Number, HttpMethod.Put, path, new { onHand = after }, IfMatch: read.ETag);
            switch (await session.TryAsync(set, cancel))
            {
                case null:
                    // Not repeated: whether a later 412 is due to this try or to others could not be told.
                    products.Add(new(product, after - before, IsInDoubt: true));
                    return;
                case { Status: HttpStatusCode.NoContent }:
                    products.Add(new(product, after - before));
                    return;
                case { Reason: "stock_moved" or "below_reserved" } refused:
                    session.Log.Refused(refused.Reason);
                    break;
                case var other:
                    session.Log.AddUnexpected(step.Number, $"{set} was answered with {other}");
                    return;
            }
        }
    }

    public async Task ChangePriceAsync(ChangePrice step, CancellationToken cancel)
    {
        var patch = new Request(step.Number, HttpMethod.Patch, $"/api/v1/ops/products/{products[step.Product]}", new { price = new { amount = step.Price, currency = "KRW" } });
        if (await session.SendAsync(patch, ok => ok.Status is HttpStatusCode.OK, cancel) is not null)
            products.SetPrice(step.Product, step.Price);
    }

    /// <returns>The saga, if its compensation was accepted.</returns>
    public async Task<Guid?> TouchAsync(TouchSaga step, CancellationToken cancel)
    {
        var list = await session.SendAsync(Request.Get(step.Number, "/api/v1/ops/sagas?state=running&pageSize=100"), ok => ok.Status is HttpStatusCode.OK, cancel);
        var running = list?.Body.GetProperty("items").EnumerateArray().Select(saga => saga.GetProperty("id").GetGuid()).ToList() ?? [];
        if (running.Count == 0)
            return null;

        var saga = running[(int)(step.Which * running.Count)];
        var call = step.Compensates
            ? Request.Post(step.Number, $"/api/v1/ops/sagas/{saga}/compensate", new { reason = "a random run" })
            : Request.Post(step.Number, $"/api/v1/ops/sagas/{saga}/retry");
        return await AcceptedAsync(call, cancel, "saga_past_pivot", "saga_already_ended", "saga_ended") && step.Compensates ? saga : null;
    }

    public Task<bool> RefundAsync(int step, Guid order, string key, CancellationToken cancel) => AcceptedAsync(
        Request.Post(step, $"/api/v1/ops/orders/{order}/refund", new { reason = "a random run" }, key), cancel, "not_confirmed", "cancel_in_progress", "already_ended");

    /// <param name="move"><c>dispatch</c>, <c>deliver</c> or <c>fail</c>.</param>
    /// <returns>Whether the shipment is in that state.</returns>
    public Task<bool> MoveShipmentAsync(int step, Guid shipment, string move, CancellationToken cancel) => AcceptedAsync(
        Request.Post(step, $"/api/v1/ops/shipments/{shipment}/{move}", move == "fail" ? new { reason = "a random run" } : null), cancel, "shipment_in_other_state");

    private async Task<bool> AcceptedAsync(Request call, CancellationToken cancel, params string[] refusals)
    {
        var answer = await session.SendAsync(call, answer => answer.Status is HttpStatusCode.Accepted or HttpStatusCode.NoContent || refusals.Contains(answer.Reason), cancel);
        if (answer is { Reason.Length: > 0 })
            session.Log.Refused(answer.Reason);
        return answer is { Reason.Length: 0 };
    }
}
