using System.Text.Json;
using Shop.Design.Sessions;

namespace Shop.Console.Results;

/// <summary>
/// The latest results, in the session: they survive a reload and the other replica, and an address cannot invent one. An action is written down before it is sent, so that a form that
/// is sent twice is sent to the API once.
/// </summary>
internal sealed class ActionResults(CurrentSession session)
{
    /// <summary>In the address of the page that shows the result.</summary>
    public const string Parameter = "result";

    /// <summary>As many forms are known to have been sent. One that runs is among them until it has ended.</summary>
    private const int Most = 200;

    /// <summary>Of so many, all that there is to show.</summary>
    private const int MostWithLines = 10;

    public ActionResult? Find(string? id) => Guid.TryParse(id, out var wanted) ? Read(session.Row).FirstOrDefault(result => result.Id == wanted) : null;

    /// <returns>False: this form was sent before.</returns>
    public async Task<bool> BeginAsync(Guid id, string action, string? subject, string? page, CancellationToken cancel)
    {
        var isNew = false;
        await session.ChangeAsync((row, _) =>
        {
            var known = Read(row);
            isNew = known.All(result => result.Id != id);
            if (isNew)
                Write(row, [new(id, action, subject, ActionResult.Running, Page: page), .. known.Take(Most - 1).Select((result, place) => place < MostWithLines ? result : result with { Lines = null })]);
            return Task.CompletedTask;
        }, cancel);
        return isNew;
    }

    public Task EndAsync(ActionResult result, CancellationToken cancel) => session.ChangeAsync((row, _) =>
    {
        Write(row, [result, .. Read(row).Where(known => known.Id != result.Id)]);
        return Task.CompletedTask;
    }, cancel);

    /// <summary>The form was not understood: nothing was done.</summary>
    public Task ForgetAsync(Guid id, CancellationToken cancel) => session.ChangeAsync((row, _) =>
    {
        Write(row, [.. Read(row).Where(known => known.Id != id)]);
        return Task.CompletedTask;
    }, cancel);

    private static List<ActionResult> Read(Session? row) => row is null ? [] : JsonSerializer.Deserialize<List<ActionResult>>(row.Content)!;

    private static void Write(Session row, List<ActionResult> results) => row.Content = JsonSerializer.Serialize(results);
}
