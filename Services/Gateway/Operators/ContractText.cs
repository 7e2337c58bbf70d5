namespace Shop.Gateway.Operators;

internal static class ContractText
{
    /// <summary>The contract's "empty" is JSON's null.</summary>
    public static string? OrNull(string text) => text.Length == 0 ? null : text;
}
