
namespace Shop.PaymentProvider.Idempotency;

/// <summary>The answer of an idempotency key, written in the transaction of the effect. Kept for <see cref="AnswerRetention.Retention"/>.</summary>
internal sealed class StoredAnswer
{
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the request: the same key for another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public required string Body { get; init; }

    /// <summary>The charge's token: it also defines how a repeated answer is delivered.</summary>
    public required string Token { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}
