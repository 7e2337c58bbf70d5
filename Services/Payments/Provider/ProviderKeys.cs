namespace Shop.Payments.Provider;

/// <summary>
/// The idempotency keys of the provider's commands: order and step. Repeated commands have the same key, from every replica.
/// </summary>
internal static class ProviderKeys
{
    private const string AuthoriseSuffix = "/authorise";

    public static string Authorise(Guid orderId) => $"{orderId}{AuthoriseSuffix}";

    public static string Capture(Guid orderId) => $"{orderId}/capture";

    public static string Void(Guid orderId) => $"{orderId}/void";

    /// <param name="refundedBefore">What was refunded before, in minor units: after a partial refund the rest is another command, with another amount.</param>
    public static string Refund(Guid orderId, long refundedBefore) => refundedBefore == 0 ? $"{orderId}/refund" : $"{orderId}/refund/{refundedBefore}";

    /// <summary>The order of a charge, from the key that created it. Null: not a charge of this shop.</summary>
    public static Guid? OrderOf(string? authoriseKey) =>
        authoriseKey is not null
        && authoriseKey.EndsWith(AuthoriseSuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(authoriseKey[..^AuthoriseSuffix.Length], "D", out var orderId)
            ? orderId
            : null;
}
