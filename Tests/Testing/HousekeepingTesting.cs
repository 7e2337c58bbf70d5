using Microsoft.Extensions.DependencyInjection;
using Shop.Persistence.Retention;

namespace Shop.Testing;

public static class HousekeepingTesting
{
    /// <summary>Runs housekeeping now instead of at its interval; waits for another replica that is running it.</summary>
    public static Task RunOnceAsync(this IServiceProvider services, CancellationToken cancel) =>
        Eventually.TrueAsync(() => services.GetRequiredService<Housekeeping>().RunOnceAsync(cancel), "the other replica has finished");
}
