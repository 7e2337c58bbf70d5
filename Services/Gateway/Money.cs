using System.ComponentModel.DataAnnotations;
using Contract = Shop.Common.V1.Money;

namespace Shop.Gateway;

/// <summary>An amount in minor units (KRW has none: 129900 is ₩129,900) with its ISO 4217 currency.</summary>
internal sealed record Money(long Amount, [property: StringLength(3, MinimumLength = 3)] string Currency)
{
    public static Money Of(Contract money) => new(money.Amount, money.Currency);

    /// <summary>Where a contract leaves an amount out, it is nothing in the currency of the rest.</summary>
    public static Money Of(Contract? money, string currency) => money is null ? new(0, currency) : Of(money);
}
