using Shop.Console.Actions;

namespace Shop.Console.Shipments;

/// <summary>What an operator does where the courier does not.</summary>
internal static class ShipmentActions
{
    private const string List = "/shipments";

    public static OperatorAction Dispatch { get; } = Move("dispatch");

    public static OperatorAction Deliver { get; } = Move("deliver");

    public static OperatorAction Fail { get; } = new("shipment.fail", _ => List, async (request, cancel) =>
    {
        await request.PostAsync($"/api/v1/ops/shipments/{request.Id}/fail", new { reason = request.Reason }, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync, LongestReason = 200, IsDangerous = true };

    private static OperatorAction Move(string verb) => new($"shipment.{verb}", _ => List, async (request, cancel) =>
    {
        await request.PostAsync($"/api/v1/ops/shipments/{request.Id}/{verb}", null, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync };

    private static Task<IReadOnlyList<Fact>> DescribeAsync(ActionRequest request, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Fact>>([new("shipment.id", $"{request.Id}")]);
}
