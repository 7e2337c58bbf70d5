namespace Shop.Checker.Promises;

internal static class MoneyAddsUp
{
    public static IEnumerable<string> Violations(Evidence evidence)
    {
        var currencies = evidence.Charges.Select(charge => charge.Currency)
            .Concat(evidence.Orders.Orders.Values.Select(order => order.Currency))
            .Concat(evidence.Payments.Postings.Select(posting => posting.Currency))
            .Distinct().Order(StringComparer.Ordinal);
        return [.. currencies.SelectMany(currency => InCurrency(evidence, currency)), .. Unbalanced(evidence)];
    }

    private static IEnumerable<string> InCurrency(Evidence evidence, string currency)
    {
        var sold = evidence.Orders.Orders.Values.Where(order => order.IsSold && order.Currency == currency)
            .Sum(order => order.Total - (evidence.Payments.Intents.GetValueOrDefault(order.Id)?.PartlyRefunded ?? 0));
        var charges = evidence.Charges.Where(charge => charge.Currency == currency).ToList();
        var kept = charges.Sum(charge => charge.Kept);
        if (kept != sold)
            yield return $"The provider has captured − refunded = {kept} {currency}; the confirmed orders cost {sold} after their partial refunds.";

        var taken = Balance("taken");
        if (taken != kept)
            yield return $"Payments' account 'taken' holds {taken} {currency}; the provider has captured − refunded = {kept}.";

        var held = charges.Sum(charge => charge.Held);
        if (Balance("held") is var balance && balance != held)
            yield return $"Payments' account 'held' holds {balance} {currency}; the provider has authorised {held}.";

        var sum = evidence.Payments.Postings.Where(posting => posting.Currency == currency).Sum(posting => posting.Amount);
        if (sum != 0)
            yield return $"All postings in {currency} sum to {sum}.";

        long Balance(string account) => evidence.Payments.Postings.Where(posting => posting.Currency == currency && posting.Account == account).Sum(posting => posting.Amount);
    }

    private static IEnumerable<string> Unbalanced(Evidence evidence) =>
        from posting in evidence.Payments.Postings
        group posting.Amount by (posting.OrderId, posting.Transfer, posting.Currency) into transfer
        where transfer.Sum() != 0
        select $"Order {transfer.Key.OrderId}: the postings of '{transfer.Key.Transfer}' sum to {transfer.Sum()} {transfer.Key.Currency}.";
}
