using Microsoft.Extensions.DependencyInjection;
using Shop.Persistence.Retention;

namespace Shop.Testing;

public static class HousekeepingTesting
{
    /// <summary>Makes the days that are missing and removes what is past its retention, now instead of once an hour; after another replica that is doing it.</summary>
    public static Task TidyAsync(this IServiceProvider services, CancellationToken cancel) =>
        Eventually.TrueAsync(() => services.GetRequiredService<Housekeeping>().TidyAsync(cancel), "the other replica has finished");
}
