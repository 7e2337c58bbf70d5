namespace Shop.Payments.Ledger;

/// <summary>The ledger's accounts. In every currency their balances sum to zero.</summary>
public static class Accounts
{
    /// <summary>The members' money. What they have given is below zero.</summary>
    public const string Members = "members";

    /// <summary>Held on cards: not yet ours.</summary>
    public const string Held = "held";

    /// <summary>Taken, and owed to us by the provider: captured − refunded.</summary>
    public const string Taken = "taken";
}
