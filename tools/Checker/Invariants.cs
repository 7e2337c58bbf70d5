using Shop.Checker.Promises;

namespace Shop.Checker;

/// <param name="Violations">One sentence for each.</param>
public sealed record Invariant(string Promise, Func<Evidence, IEnumerable<string>> Violations);

/// <summary>The invariants that the shop keeps under any crash and any order of events. Numbers and words as in docs/crashes.md.</summary>
public static class Invariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("1  captured − refunded is what the confirmed orders cost; the ledger's postings sum to zero", MoneyAddsUp.Violations),
        new("2  0 ≤ reserved ≤ on hand, initial = on hand + sold, and what is sold belongs to confirmed orders", StockAddsUp.Violations),
        new("3  exactly one charge per confirmed order, nothing captured or authorised for others", OneChargePerOrder.Violations),
        new("4  every event is on its topic, in its key's order, and applied once by each consumer", EventsArrive.Violations),
        new("5  nothing hangs: no saga past its deadline, no reservation and no order without a saga, no release outstanding", NothingHangs.Violations),
        new("6  one order per idempotency key", OneOrderPerKey.Violations),
        new("7  no dead letters", NothingIsParked.Violations),
        new("8  every order that clients got an answer for exists once, has ended, and is what they were told", ClientRecordMatches.Violations),
        new("9  exactly one shipment per confirmed order, as far as the order is; of a cancelled order none has left, unless an operator refunded it; none for others", OneShipmentPerOrder.Violations),
        new("10 one welcome coupon per member, and no coupon is used twice; discounts are what the coupons gave", OneCouponEach.Violations),
        new("11 one review per member and product, ratings are the sums of the reviews, and Catalog lists them", RatingsAddUp.Violations),
        new("12 one notification of each kind for what happens to a member, a coupon and an order, and none waits for a member who has registered", OneNotificationEach.Violations),
        new("13 OrderHistory's rows are the orders, payments and shipments of their services", HistoryMatches.Violations),
    ];
}
