using Shop.Console.Actions;
using Shop.Design.Pages;

namespace Shop.Console.DeadLetters;

internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        app.MapPage("/dead-letters", async (string? pageToken, DeadLetterCalls letters, CancellationToken cancel) => View.Of<DeadLettersPage>(await letters.ListAsync(pageToken, cancel)));
        app.MapPage("/dead-letters/{id:guid}", async (Guid id, DeadLetterCalls letters, CancellationToken cancel) =>
            await letters.FindAsync(id, cancel) is { } letter ? (IResult)View.Of<DeadLetterPage>(letter) : TypedResults.NotFound());
        app.MapAction("/dead-letters/{id:guid}/replay", DeadLetterActions.Replay);
        app.MapAction("/dead-letters/{id:guid}/discard", DeadLetterActions.Discard);
        app.MapAction("/dead-letters/replay", DeadLetterActions.ReplayMany);
    }
}
