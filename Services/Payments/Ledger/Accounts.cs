namespace Shop.Payments.Ledger;

/// <summary>The ledger's accounts. In every currency their balances sum to zero.</summary>
internal static class Accounts
{
    /// <summary>The members' money: negative by what they have paid.</summary>
    public const string Members = "members";

    /// <summary>Authorised on cards, not captured.</summary>
    public const string Held = "held";

    /// <summary>Owed to the shop by the provider: captured − refunded.</summary>
    public const string Taken = "taken";
}
