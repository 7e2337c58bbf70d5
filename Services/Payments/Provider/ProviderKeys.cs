namespace Shop.Payments.Provider;

/// <summary>
/// The keys under which the provider does each thing once: order and step. They do not change however often, and from whichever replica, a command is repeated.
/// </summary>
internal static class ProviderKeys
{
    private const string AuthoriseSuffix = "/authorise";

    public static string Authorise(Guid orderId) => $"{orderId}{AuthoriseSuffix}";

    public static string Capture(Guid orderId) => $"{orderId}/capture";

    public static string Void(Guid orderId) => $"{orderId}/void";

    public static string Refund(Guid orderId) => $"{orderId}/refund";

    /// <summary>The order of a charge, from the key that created it. Null: not a charge of this shop.</summary>
    public static Guid? OrderOf(string? authoriseKey) =>
        authoriseKey is not null
        && authoriseKey.EndsWith(AuthoriseSuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(authoriseKey[..^AuthoriseSuffix.Length], "D", out var orderId)
            ? orderId
            : null;
}
