namespace Shop.Chaos.Plans;

/// <summary>Draws what is ordered, how, and what becomes of it.</summary>
internal static class OrderDraw
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private static readonly IReadOnlyList<(int Weight, SequelKind Kind)> Sequels =
    [
        (44, SequelKind.None), (8, SequelKind.Watch), (19, SequelKind.Cancel), (3, SequelKind.CancelTwice), (7, SequelKind.Refund), (3, SequelKind.CancelAndRefund),
        (6, SequelKind.Deliver), (10, SequelKind.FailDelivery),
    ];

    private static readonly IReadOnlyList<(int Weight, Repeat Repeat)> Repeats = [(86, Repeat.None), (7, Repeat.AtOnce), (7, Repeat.Afterwards)];

    /// <param name="members">The first and the number of those who are active.</param>
    /// <param name="most">The most orders that this step may place.</param>
    public static PlaceOrder Next(Random random, int number, TimeSpan pause, (int First, int Count) members, int most)
    {
        var newest = members.First + members.Count - 1;
        var usesCoupon = random.Chance(0.15);
        // A coupon is used once: mostly new members still have theirs.
        var member = usesCoupon && random.Chance(0.7) ? Math.Max(members.First, newest - random.Next(3)) : members.First + random.Next(members.Count);
        var rivals = usesCoupon && random.Chance(0.25) ? random.Next(1, 4) : 0;
        var lines = new SortedDictionary<int, int>();
        for (var left = random.Next(1, 4); left > 0; left--)
            lines[random.Chance(0.12) ? Assortment.Plentiful + random.Next(Assortment.Scarce) : random.Next(Assortment.Plentiful)] = random.Next(1, 4);

        return new(
            number, pause, member, lines, PaymentTokens.Any(random), usesCoupon, Math.Min(rivals, most - 1),
            StatesTotal: !usesCoupon && random.Chance(0.2), random.Weighted(Repeats), Sequel(random));
    }

    private static Sequel Sequel(Random random)
    {
        var kind = random.Weighted(Sequels);
        var from = kind switch
        {
            SequelKind.Cancel or SequelKind.CancelTwice => random.Weighted([(6, "pending"), (3, "confirmed"), (1, "dispatched")]),
            SequelKind.Refund => random.Weighted([(3, "confirmed"), (2, "dispatched"), (2, "delivered"), (1, "pending")]),
            SequelKind.CancelAndRefund => random.Weighted([(3, "confirmed"), (1, "pending"), (1, "dispatched")]),
            SequelKind.Deliver or SequelKind.FailDelivery => "confirmed",
            _ => "pending",
        };
        return new(kind, from, random.Chance(0.3) ? TimeSpan.Zero : random.UpTo(LongestDelay));
    }
}
