namespace Shop.Checker.Sources;

/// <summary>OrderHistory's database.</summary>
public static class HistoryData
{
    public static async Task<IReadOnlyList<HistoryRow>> ReadAsync(string database, CancellationToken cancel) => await Rows.ReadAsync(database, """
        select id, member_id, status, reason, currency, total, discount, version, payment_status, payment_refunded, shipment_status,
               array(select (line ->> 'productId')::uuid from jsonb_array_elements(lines) with ordinality l (line, n) order by n),
               array(select (line ->> 'quantity')::int from jsonb_array_elements(lines) with ordinality l (line, n) order by n)
        from orders
        """,
        row => new HistoryRow(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.Text(2), row.IsDBNull(5) ? null : row.GetInt64(5))
        {
            Reason = row.Text(3),
            Currency = row.Text(4),
            Discount = row.IsDBNull(6) ? 0 : row.GetInt64(6),
            Version = row.GetInt32(7),
            Payment = row.Text(8),
            Refunded = row.GetInt64(9),
            Shipment = row.Text(10),
            Lines = Lines.Of(row.GetFieldValue<Guid[]>(11), row.GetFieldValue<int[]>(12)),
        }, cancel);
}

/// <summary>An order as OrderHistory has it. Null: no event has said it yet.</summary>
/// <param name="Total">In minor units, like all amounts.</param>
public sealed record HistoryRow(Guid Id, Guid? MemberId, string? Status, long? Total)
{
    public string? Reason { get; init; }

    public string? Currency { get; init; }

    public long Discount { get; init; }

    public int Version { get; init; }

    /// <summary>The payment's status.</summary>
    public string? Payment { get; init; }

    public long Refunded { get; init; }

    /// <summary>The shipment's status.</summary>
    public string? Shipment { get; init; }

    /// <summary>Quantity by product.</summary>
    public IReadOnlyDictionary<Guid, long> Lines { get; init; } = new Dictionary<Guid, long>();
}
