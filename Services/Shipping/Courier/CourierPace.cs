namespace Shop.Shipping.Courier;

internal enum CourierPace
{
    /// <summary>The simulated courier dispatches and delivers without a command.</summary>
    Automatic,

    /// <summary>Operators do.</summary>
    Manual,
}
