using Shop.Payments.Intents;
using Shop.Payments.Provider;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Payments;

internal static class WarmUp
{
    public static void AddPaymentsWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddRehearsal<PaymentsDb>("a payment query", (services, cancel) =>
            services.GetRequiredService<GetPayments>().ManyAsync(new() { OrderIds = { Guid.CreateVersion7().ToString() } }, Caller.OfService("payments"), cancel));
        // A query, so nothing is charged.
        builder.AddWarmUp("the provider", (services, cancel) => services.GetRequiredService<ProviderClient>().FindAsync(Guid.CreateVersion7(), cancel));
    }
}
