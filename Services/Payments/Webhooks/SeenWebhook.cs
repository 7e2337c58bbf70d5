
namespace Shop.Payments.Webhooks;

/// <summary>
/// A webhook that caused a reconciliation: a replay of it causes none. A webhook about a recorded state changes nothing, so it needs no row.
/// </summary>
internal sealed class SeenWebhook
{
    /// <summary>The provider's id of the event.</summary>
    public required string EventId { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
