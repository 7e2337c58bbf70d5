
namespace Shop.Payments.Intents;

/// <summary>One command sent to the provider, and its outcome. Kept so that a payment can be explained later.</summary>
internal sealed class Attempt
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>authorise, capture, void, refund.</summary>
    public required string Step { get; init; }

    /// <summary>The state of the charge after the command, the reason for a refusal, or <c>unknown</c>.</summary>
    public required string Outcome { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset At { get; init; }

    public required TimeSpan Took { get; init; }
}
