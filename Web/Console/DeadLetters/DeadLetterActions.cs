using Shop.Console.Actions;

namespace Shop.Console.DeadLetters;

/// <summary>What an operator does with dead letters.</summary>
internal static class DeadLetterActions
{
    private const string Path = "/api/v1/ops/dead-letters";

    public static OperatorAction Replay { get; } = new("deadLetter.replay", _ => "/dead-letters", async (request, cancel) =>
        new((await request.Gateway.SendAsync<Replayed>(HttpMethod.Post, $"{Path}/{request.Id}/replay", null, cancel)).Count))
    { Describe = DescribeAsync, Afterwards = PageOf };

    public static OperatorAction Discard { get; } = new("deadLetter.discard", _ => "/dead-letters", async (request, cancel) =>
    {
        await request.PostAsync($"{Path}/{request.Id}/discard", new { reason = request.Reason }, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync, Afterwards = PageOf, LongestReason = 500, IsDangerous = true };

    /// <summary>Of a service, or of one of its handlers, or of one key.</summary>
    public static OperatorAction ReplayMany { get; } = new("deadLetters.replay", _ => "/dead-letters", async (request, cancel) =>
        new((await request.Gateway.SendAsync<Requested>(HttpMethod.Post, $"{Path}/replay", new { service = request.Value("service"), consumer = request.Value("consumer"), key = request.Value("key") }, cancel)).Count))
    {
        Values = ["service", "consumer", "key"],
        Describe = (request, _) => Task.FromResult<IReadOnlyList<Fact>>([.. new[] { ("service", "service"), ("consumer", "letter.consumer"), ("key", "letter.key") }
            .Where(field => request.Value(field.Item1) is not null).Select(field => new Fact(field.Item2, request.Value(field.Item1)!))]),
    };

    private static string PageOf(ActionRequest request) => $"/dead-letters/{request.Id}";

    private static async Task<IReadOnlyList<Fact>> DescribeAsync(ActionRequest request, CancellationToken cancel)
    {
        var letter = await request.Services.GetRequiredService<DeadLetterCalls>().FindAsync(request.Id!.Value, cancel);
        return letter is null
            ? [new("letter.id", $"{request.Id}")]
            : [new("letter.id", letter.Id), new("service", letter.Service), new("letter.consumer", letter.Consumer), new("letter.type", letter.Type), new("letter.key", letter.Key), new("error", letter.Reason)];
    }

    private sealed record Replayed([property: System.Text.Json.Serialization.JsonPropertyName("replayed")] int Count);

    private sealed record Requested(int Count);
}
