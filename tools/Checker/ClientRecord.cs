using System.Text.Json;

namespace Shop.Checker;

/// <summary>The clients' requests and the answers they got: recorded by the clients, independently of the shop.</summary>
public sealed record ClientRecord
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static readonly ClientRecord Empty = new();

    /// <summary>The initial stock of products. Operators have changed it since by <see cref="StockChanges"/> only.</summary>
    public IReadOnlyDictionary<Guid, long> Stock { get; init; } = new Dictionary<Guid, long>();

    public IReadOnlyList<StockChange> StockChanges { get; init; } = [];

    /// <summary>The members whose sign-up was accepted.</summary>
    public IReadOnlyList<Guid> Members { get; init; } = [];

    /// <summary>The sagas whose compensation an operator asked for, and it was accepted.</summary>
    public IReadOnlyList<Guid> CompensatedSagas { get; init; } = [];

    /// <summary>One entry per idempotency key, however often the request was repeated. The members placed no other orders.</summary>
    public IReadOnlyList<RequestedOrder> Orders { get; init; } = [];

    public static ClientRecord Parse(string json) => JsonSerializer.Deserialize<ClientRecord>(json, Format) ?? Empty;

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

/// <param name="OrderId">From the answer 202; null: there was none, so the order may or may not exist.</param>
/// <param name="IsCancelled">A cancellation of it was accepted.</param>
public sealed record RequestedOrder(Guid MemberId, string Key, Guid? OrderId, bool IsCancelled = false)
{
    /// <summary>The answer was a refusal, and no earlier try is in doubt: there is no order.</summary>
    public bool IsRefused { get; init; }

    /// <summary>An operator's refund of it was accepted.</summary>
    public bool IsRefunded { get; init; }

    /// <summary>An operator's word that it was delivered was accepted.</summary>
    public bool IsDelivered { get; init; }

    /// <summary>An operator's word that its delivery failed was accepted.</summary>
    public bool HasFailedDelivery { get; init; }

    /// <summary>Quantity by product; null: not recorded.</summary>
    public IReadOnlyDictionary<Guid, long>? Lines { get; init; }

    public Guid? Coupon { get; init; }

    /// <summary>The <c>expectedTotal</c> of the request, in minor units.</summary>
    public long? ExpectedTotal { get; init; }

    /// <summary>The statuses that the client was told, in their order.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];
}

/// <summary>An operator changed the units on hand.</summary>
/// <param name="IsInDoubt">There was no answer: it may or may not have happened.</param>
public sealed record StockChange(Guid ProductId, long Change, bool IsInDoubt = false);
