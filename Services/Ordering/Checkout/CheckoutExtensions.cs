using Shop.ServiceDefaults.Configuration;

namespace Shop.Ordering.Checkout;

internal static class CheckoutExtensions
{
    public static void AddCheckout(this IHostApplicationBuilder builder) => builder.AddValidatedOptions<CheckoutOptions>(CheckoutOptions.Section);
}
