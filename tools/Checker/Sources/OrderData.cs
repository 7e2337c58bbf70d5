namespace Shop.Checker.Sources;

/// <summary>Ordering's database.</summary>
/// <param name="Keys">Idempotency keys that orders were placed with. Kept for a day.</param>
public sealed record OrderData(IReadOnlyDictionary<Guid, Order> Orders, IReadOnlyList<UsedKey> Keys)
{
    public static async Task<OrderData> ReadAsync(string database, CancellationToken cancel)
    {
        var orders = await Rows.ReadAsync(database, """
            select id, member_id, status, currency, total, placed_at,
                   array(select (line ->> 'ProductId')::uuid from jsonb_array_elements(lines) with ordinality l (line, n) order by n),
                   array(select (line ->> 'Quantity')::int from jsonb_array_elements(lines) with ordinality l (line, n) order by n),
                   coupon_id, discount, (select coalesce(sum((line ->> 'Discount')::bigint), 0)::bigint from jsonb_array_elements(lines) line),
                   reason
            from orders
            """,
            row => new Order(
                row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetFieldValue<DateTimeOffset>(5),
                Lines.Of(row.GetFieldValue<Guid[]>(6), row.GetFieldValue<int[]>(7)))
            {
                Coupon = row.IsDBNull(8) ? null : row.GetGuid(8),
                Discount = row.GetInt64(9),
                DiscountOfLines = row.GetInt64(10),
                Reason = row.Text(11),
            }, cancel);
        var keys = await Rows.ReadAsync(database, "select member_id, key, order_id, placed_at from answered_requests where call = 'PlaceOrder'",
            row => new UsedKey(row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetFieldValue<DateTimeOffset>(3)), cancel);
        return new(orders.ToDictionary(order => order.Id), keys);
    }
}

public sealed record UsedKey(Guid MemberId, string Key, Guid OrderId, DateTimeOffset PlacedAt);

/// <param name="Total">In minor units.</param>
/// <param name="Lines">Quantity by product.</param>
public sealed record Order(Guid Id, Guid MemberId, string Status, string Currency, long Total, DateTimeOffset PlacedAt, IReadOnlyDictionary<Guid, long> Lines)
{
    /// <summary>Why it was rejected or cancelled.</summary>
    public string? Reason { get; init; }

    public Guid? Coupon { get; init; }

    public long Discount { get; init; }

    /// <summary>The sum of the lines' shares of it.</summary>
    public long DiscountOfLines { get; init; }

    /// <summary>Paid, and its stock is sold.</summary>
    public bool IsSold => Status is "confirmed" or "dispatched" or "delivered";

    /// <summary>Rejected or cancelled: all of its effects are compensated.</summary>
    public bool IsUndone => Status is "rejected" or "cancelled";

    public bool HasEnded => IsSold || IsUndone;
}

public static class Lines
{
    public static IReadOnlyDictionary<Guid, long> Of(IEnumerable<Guid> products, IEnumerable<int> quantities) =>
        products.Zip(quantities).GroupBy(line => line.First).ToDictionary(product => product.Key, product => product.Sum(line => (long)line.Second));

    public static bool Same(IReadOnlyDictionary<Guid, long> some, IReadOnlyDictionary<Guid, long> others) =>
        some.Count == others.Count && some.All(line => others.GetValueOrDefault(line.Key) == line.Value);
}
