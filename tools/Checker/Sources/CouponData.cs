namespace Shop.Checker.Sources;

/// <summary>Coupons' database.</summary>
/// <param name="Redemptions">By order.</param>
public sealed record CouponData(IReadOnlyDictionary<Guid, Coupon> Coupons, IReadOnlyDictionary<Guid, Redemption> Redemptions)
{
    public static async Task<CouponData> ReadAsync(string database, CancellationToken cancel)
    {
        var coupons = await Rows.ReadAsync(database, "select id, member_id, campaign, status, order_id from coupons",
            row => new Coupon(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetGuid(4)), cancel);
        var redemptions = await Rows.ReadAsync(database, "select order_id, coupon_id, status, discount from redemptions",
            row => new Redemption(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.GetString(2), row.GetInt64(3)), cancel);
        return new(coupons.ToDictionary(coupon => coupon.Id), redemptions.ToDictionary(redemption => redemption.OrderId));
    }
}

/// <param name="Status">usable, reserved or redeemed.</param>
/// <param name="OrderId">Which order has it.</param>
public sealed record Coupon(Guid Id, Guid MemberId, string Campaign, string Status, Guid? OrderId);

/// <param name="CouponId">Null: the order gave up before it had one.</param>
/// <param name="Status">reserved, redeemed or restored.</param>
public sealed record Redemption(Guid OrderId, Guid? CouponId, string Status, long Discount)
{
    public bool IsHeld => Status is "reserved" or "redeemed";
}
