namespace Shop.Storefront.Orders;

/// <param name="CancelKey">The idempotency key of the form that cancels.</param>
/// <param name="Refused">A code: why it was not cancelled.</param>
public sealed record OrderModel(Order Order, string CancelKey, string? Refused);
