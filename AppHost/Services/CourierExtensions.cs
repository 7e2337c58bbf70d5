namespace Shop.AppHost.Services;

internal static class CourierExtensions
{
    /// <summary>What is set in <c>Shop:Courier</c> is Shipping's section <c>Courier</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithCourier(this IResourceBuilder<ProjectResource> shipping)
    {
        var courier = ShopSettings.Of(shipping.ApplicationBuilder).Courier;
        return shipping
            .With("Courier__Pace", courier.Pace?.ToString())
            .With("Courier__DispatchAfter", courier.DispatchAfter?.ToString())
            .With("Courier__DeliverAfter", courier.DeliverAfter?.ToString());
    }

    private static IResourceBuilder<ProjectResource> With(this IResourceBuilder<ProjectResource> shipping, string name, string? value) =>
        value is null ? shipping : shipping.WithEnvironment(name, value);
}
