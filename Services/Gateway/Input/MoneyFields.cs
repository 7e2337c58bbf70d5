namespace Shop.Gateway.Input;

public static class MoneyFields
{
    /// <summary>The shop's one currency, in minor units.</summary>
    public static Common.V1.Money Money(this Fields fields, long min, long max)
    {
        var money = new Common.V1.Money { Amount = fields.Whole("amount", min, max), Currency = fields.Line("currency", 1, 200) };
        if (money.Currency is not ("" or "KRW"))
            fields.Fail("currency", "must be KRW");

        return money;
    }
}
