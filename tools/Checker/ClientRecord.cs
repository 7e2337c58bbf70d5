using System.Text.Json;

namespace Shop.Checker;

/// <summary>The clients' requests and the answers they got: recorded by the clients, independently of the shop.</summary>
public sealed record ClientRecord
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static readonly ClientRecord Empty = new();

    /// <summary>The initial stock of products. Operators have not changed it since.</summary>
    public IReadOnlyDictionary<Guid, long> Stock { get; init; } = new Dictionary<Guid, long>();

    /// <summary>One entry per idempotency key, however often the request was repeated. The members placed no other orders.</summary>
    public IReadOnlyList<RequestedOrder> Orders { get; init; } = [];

    public static ClientRecord Parse(string json) => JsonSerializer.Deserialize<ClientRecord>(json, Format) ?? Empty;

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

/// <param name="OrderId">From the answer 202; null: there was none, so the order may or may not exist.</param>
/// <param name="IsCancelled">A cancellation of it was accepted.</param>
public sealed record RequestedOrder(Guid MemberId, string Key, Guid? OrderId, bool IsCancelled = false);
