using System.Text.Json;

namespace Shop.Notifications.Texts;

/// <summary>The parts of an event that a text needs. Kept as JSON while the member's registration has not arrived.</summary>
internal sealed record Facts
{
    public Guid? OrderId { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "KRW";

    /// <summary>A code: <c>out_of_stock</c>, <c>cancelled_by_member</c>…</summary>
    public string Reason { get; init; } = "";

    public string TrackingNumber { get; init; } = "";

    public string CouponKo { get; init; } = "";

    public string CouponEn { get; init; } = "";

    public DateTimeOffset ExpiresAt { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static Facts OfJson(string json) => JsonSerializer.Deserialize<Facts>(json, JsonSerializerOptions.Web)!;
}
