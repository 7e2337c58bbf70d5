
namespace Shop.PaymentProvider.Webhooks;

/// <summary>An event that the receiver has not acknowledged yet. Deleted when it has.</summary>
internal sealed class Webhook
{
    public required Guid Id { get; init; }

    /// <summary>JSON, exactly as it is signed and sent.</summary>
    public required string Body { get; init; }

    public int Attempts { get; init; }

    /// <summary>Null: no further attempt.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
