namespace Shop.Shipping.Courier;

internal enum CourierPace
{
    /// <summary>The simulated courier dispatches and delivers by itself.</summary>
    Automatic,

    /// <summary>Operators do.</summary>
    Manual,
}
