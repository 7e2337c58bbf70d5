namespace Shop.Gateway.Input;

internal static class MoneyFields
{
    public static Common.V1.Money Money(this Fields fields) => new() { Amount = fields.Number("amount"), Currency = fields.Text("currency") };
}
