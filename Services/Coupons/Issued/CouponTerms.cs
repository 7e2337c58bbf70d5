namespace Shop.Coupons.Issued;

/// <summary>What a coupon gives, and for what. Fixed when it is issued: options that change later do not change coupons that members have. Amounts are minor units of the currency.</summary>
internal sealed class CouponTerms
{
    /// <summary>1 to 100. Null: a fixed amount.</summary>
    public int? Percent { get; init; }

    /// <summary>Null: a percentage.</summary>
    public long? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The least subtotal. Null: any.</summary>
    public long? Minimum { get; init; }

    /// <summary>Null: no limit.</summary>
    public long? MaximumDiscount { get; init; }

    /// <summary>Rounded down to whole minor units, and never above the subtotal.</summary>
    public long DiscountOf(long subtotal)
    {
        // A subtotal times a hundred may be more than 64 bits hold.
        var discount = Amount ?? (long)((Int128)subtotal * Percent!.Value / 100);
        return Math.Min(Math.Min(discount, MaximumDiscount ?? long.MaxValue), subtotal);
    }
}
