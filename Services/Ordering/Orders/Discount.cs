namespace Shop.Ordering.Orders;

/// <summary>An order's discount: from which coupon, and how much in minor units of the order's currency.</summary>
internal sealed record Discount(Guid CouponId, long Amount)
{
    /// <summary>
    /// Shares an amount out over lines in proportion to their totals, in whole minor units (largest remainder): each gets its share rounded down, and what is left goes,
    /// one by one, to those that lost most by rounding; of equal ones the first. So the shares sum to the amount, none is above its line, and they are the same every time.
    /// </summary>
    /// <param name="amount">0 to the sum of the totals.</param>
    public static long[] Share(long amount, IReadOnlyList<long> totals)
    {
        var sum = totals.Aggregate((Int128)0, (so, total) => so + total);
        if (amount < 0 || amount > sum)
            throw new ArgumentOutOfRangeException(nameof(amount), amount, $"must be 0 to {sum}");
        if (sum == 0)
            return new long[totals.Count];

        // An amount times a total may be more than 64 bits hold.
        var shares = totals.Select(total => (long)((Int128)amount * total / sum)).ToArray();
        var lost = totals.Select(total => (Int128)amount * total % sum).ToArray();
        var left = (int)(amount - shares.Sum());
        foreach (var line in Enumerable.Range(0, totals.Count).OrderByDescending(line => lost[line]).Take(left))
            shares[line]++;
        return shares;
    }
}
