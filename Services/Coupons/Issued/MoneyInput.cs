using Shop.Common.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Validation;

namespace Shop.Coupons.Issued;

internal static class MoneyInput
{
    // Far above any order, and far below where sums overflow.
    private const long Most = 10_000_000_000_000_000;

    public static (long Amount, string Currency) Money(this Check check, string field, Money? money)
    {
        check.That(money is not null, field, "is missing");
        check.Range($"{field}.amount", money?.Amount ?? 0, 0, Most);
        var currency = money?.Currency ?? "KRW";
        check.That(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper), $"{field}.currency", "must be three capital letters (ISO 4217)");
        return (money?.Amount ?? 0, currency);
    }
}
