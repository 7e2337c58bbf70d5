using Shop.Console.Actions;

namespace Shop.Console.Sagas;

/// <summary>What an operator does to a saga that waits.</summary>
internal static class SagaActions
{
    public static OperatorAction Retry { get; } = new("saga.retry", PageOf, async (request, cancel) =>
    {
        await request.PostAsync($"{PathOf(request)}/retry", null, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync };

    public static OperatorAction Compensate { get; } = new("saga.compensate", PageOf, async (request, cancel) =>
    {
        await request.PostAsync($"{PathOf(request)}/compensate", new { reason = request.Reason }, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync, LongestReason = 500, IsDangerous = true };

    private static string PageOf(ActionRequest request) => $"/sagas/{request.Id}";

    private static string PathOf(ActionRequest request) => $"/api/v1/ops/sagas/{request.Id}";

    private static async Task<IReadOnlyList<Fact>> DescribeAsync(ActionRequest request, CancellationToken cancel)
    {
        var saga = await request.Gateway.GetMineAsync<Saga>(PathOf(request), cancel);
        var facts = new List<Fact> { new("saga.id", saga.Id), new("saga.type", request.Words.FindCode("saga.type", saga.Type) ?? saga.Type), new("saga.state", request.Words.OfCode("saga.state", saga.State, "filter.other")) };
        if (saga.Step is { } step)
            facts.Add(new("saga.step", $"{request.Words.FindCode("saga.step", step) ?? step} ({request.Words["saga.attempts.count", saga.Attempts]})"));
        if (saga.Steps is [.., { Error: { } error }])
            facts.Add(new("error", request.Words.FindCode("why", error) ?? error));
        return facts;
    }
}
