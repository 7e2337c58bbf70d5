using Shop.Console.Actions;

namespace Shop.Console.Orders;

/// <summary>Cancels and refunds an order that was confirmed.</summary>
internal static class RefundOrder
{
    public static OperatorAction Action { get; } = new("order.refund", PageOf, async (request, cancel) =>
    {
        // The form's own key: however often it is sent, it is one refund.
        await request.PostAsync($"/api/v1/ops/orders/{request.Id}/refund", new { reason = request.Reason }, cancel, $"{request.Key}");
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync, LongestReason = 500, IsDangerous = true };

    private static string PageOf(ActionRequest request) => $"/orders/{request.Id}";

    private static async Task<IReadOnlyList<Fact>> DescribeAsync(ActionRequest request, CancellationToken cancel)
    {
        var words = request.Words;
        return await request.Services.GetRequiredService<OrderCalls>().FindAsync(request.Id!.Value, cancel) is { } order
            ? [new("order.id", order.OrderId), new("order.member", order.MemberId), new("order.status", words.OfCode("status", order.Status, "filter.other")), new("order.total", words.Price(order.Total.Amount, order.Total.Currency))]
            : [new("order.id", $"{request.Id}")];
    }
}
