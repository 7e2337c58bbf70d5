using System.Net;
using System.Text.Json;
using Shop.Chaos.Plans;
using Shop.Checker;

namespace Shop.Chaos.Actors;

/// <summary>What happens to an accepted order: the member follows and cancels it, operators refund it and move its parcel.</summary>
/// <param name="mostWait">How long a status is awaited; then whatever is planned is done nevertheless.</param>
internal sealed class Followed(Operator @operator, TimeSpan mostWait)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly string[] Progress = ["pending", "confirmed", "dispatched", "delivered"];

    /// <returns>The order with the statuses that were told, and the commands that were accepted.</returns>
    public async Task<RequestedOrder> FollowAsync(PlaceOrder step, int rival, Member member, RequestedOrder order, CancellationToken cancel)
    {
        var (kind, from, delay) = (step.Sequel.Kind, step.Sequel.From, step.Sequel.Delay);
        if (kind is SequelKind.None)
            return order with { Statuses = ["pending"] };

        var told = new List<string> { "pending" };
        if (kind is SequelKind.Watch)
        {
            await UntilAsync(step.Number, member, order.OrderId!.Value, told, view => StatusOf(view) == "delivered", cancel);
            return order with { Statuses = told };
        }

        var view = await UntilAsync(step.Number, member, order.OrderId!.Value, told, view => IsAt(StatusOf(view), from) && (from == "pending" || HasShipment(view)), cancel);
        await Task.Delay(delay, cancel);
        return await DoAsync(kind, step.Number, StepKey.Of(step.Number, rival), member, order, view, cancel) with { Statuses = told };
    }

    private async Task<RequestedOrder> DoAsync(SequelKind kind, int step, string key, Member member, RequestedOrder order, JsonElement? view, CancellationToken cancel)
    {
        var id = order.OrderId!.Value;
        switch (kind)
        {
            case SequelKind.Cancel:
                return order with { IsCancelled = await CancelAsync(step, member, id, $"{key}-cancel", cancel) };
            case SequelKind.CancelTwice:
                var cancellations = await Task.WhenAll(CancelAsync(step, member, id, $"{key}-cancel", cancel), CancelAsync(step, member, id, $"{key}-cancel-2", cancel));
                return order with { IsCancelled = cancellations.Contains(true) };
            case SequelKind.Refund:
                return order with { IsRefunded = await @operator.RefundAsync(step, id, $"{key}-refund", cancel) };
            case SequelKind.CancelAndRefund:
                var (cancelled, refunded) = (CancelAsync(step, member, id, $"{key}-cancel", cancel), @operator.RefundAsync(step, id, $"{key}-refund", cancel));
                return order with { IsCancelled = await cancelled, IsRefunded = await refunded };
            default:
                return await MoveAsync(kind, step, order, view, cancel);
        }
    }

    private async Task<RequestedOrder> MoveAsync(SequelKind kind, int step, RequestedOrder order, JsonElement? view, CancellationToken cancel)
    {
        if (view is not { } known || !HasShipment(known))
            return order;

        var shipment = known.GetProperty("shipment").GetProperty("id").GetGuid();
        // Refused where the courier or a cancellation was faster.
        await @operator.MoveShipmentAsync(step, shipment, "dispatch", cancel);
        var isDone = await @operator.MoveShipmentAsync(step, shipment, kind is SequelKind.Deliver ? "deliver" : "fail", cancel);
        return order with { IsDelivered = isDone && kind is SequelKind.Deliver, HasFailedDelivery = isDone && kind is SequelKind.FailDelivery };
    }

    private static async Task<bool> CancelAsync(int step, Member member, Guid order, string key, CancellationToken cancel)
    {
        var answer = await member.Session.SendAsync(Request.Post(step, $"/api/v1/orders/{order}/cancel", new { }, key),
            answer => answer.Status is HttpStatusCode.Accepted || answer.Reason is "already_dispatched" or "already_ended", cancel);
        if (answer is { Reason.Length: > 0 })
            member.Session.Log.Refused(answer.Reason);
        return answer?.Status is HttpStatusCode.Accepted;
    }

    /// <summary>Reads the order until it is as awaited, has ended, or the time is over.</summary>
    private async Task<JsonElement?> UntilAsync(int step, Member member, Guid order, List<string> told, Func<JsonElement, bool> isReached, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var answer = await member.Session.SendAsync(Request.Get(step, $"/api/v1/orders/{order}"), answer => answer.Status is HttpStatusCode.OK, cancel);
            if (answer is null)
                return null;

            var status = StatusOf(answer.Body);
            // Without Ordering the answer says that it may be older.
            if (told[^1] != status && !MayBeOlder(answer.Body))
                told.Add(status);
            if (isReached(answer.Body) || status is "rejected" or "cancelled" || TimeProvider.System.GetElapsedTime(begun) > mostWait)
                return answer.Body;
            await Task.Delay(pause, cancel);
        }
    }

    private static bool MayBeOlder(JsonElement order) => order.GetProperty("unavailable").EnumerateArray().Any(part => part.GetString() == "order");

    private static string StatusOf(JsonElement order) => order.GetProperty("status").GetString()!;

    private static bool IsAt(string status, string from) => Array.IndexOf(Progress, status) >= Array.IndexOf(Progress, from);

    private static bool HasShipment(JsonElement order) => order.GetProperty("shipment").ValueKind is JsonValueKind.Object;
}
