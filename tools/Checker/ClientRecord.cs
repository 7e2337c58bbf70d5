using System.Text.Json;

namespace Shop.Checker;

/// <summary>What clients did, and what they were told: kept by them, so that the shop's word is not taken for it.</summary>
public sealed record ClientRecord
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static readonly ClientRecord Empty = new();

    /// <summary>What lay on the shelf of a product before anything was sold. Counted by nobody since.</summary>
    public IReadOnlyDictionary<Guid, long> Stock { get; init; } = new Dictionary<Guid, long>();

    /// <summary>Every key that was used, each once, however often the request was repeated. The members placed no other orders.</summary>
    public IReadOnlyList<AskedOrder> Orders { get; init; } = [];

    public static ClientRecord Parse(string json) => JsonSerializer.Deserialize<ClientRecord>(json, Format) ?? Empty;

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}

/// <param name="OrderId">From the answer 202; null: it never came, so there may be an order or not.</param>
public sealed record AskedOrder(Guid MemberId, string Key, Guid? OrderId);
