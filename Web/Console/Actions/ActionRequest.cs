using Shop.Design.Languages;
using Shop.Design.Sessions;

namespace Shop.Console.Actions;

/// <param name="Id">Of the thing, from the address; null: the action has no such thing.</param>
/// <param name="Key">Of the form.</param>
/// <param name="Values">The action's other values; what was not given is empty.</param>
internal sealed record ActionRequest(GatewayClient Gateway, IServiceProvider Services, Wording Words, Guid? Id, Guid Key, string Reason, IReadOnlyDictionary<string, string> Values)
{
    public string? Value(string name) => Values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public Task PostAsync(string path, object? body, CancellationToken cancel, string? idempotencyKey = null) =>
        Gateway.SendAsync<object>(HttpMethod.Post, path, body, cancel, idempotencyKey);

    public Task DeleteAsync(string path, CancellationToken cancel) => Gateway.SendAsync<object>(HttpMethod.Delete, path, null, cancel);
}
