namespace Shop.Gateway.Orders;

/// <summary>What another service adds to an order's page.</summary>
/// <param name="View">Null when there is none (yet), or when the service is unavailable.</param>
internal sealed record OrderPart<TView>(TView? View, bool IsAvailable = true) where TView : class;
