using Microsoft.Extensions.DependencyInjection;
using Shop.Messaging.Database;

namespace Shop.Testing;

public static class DayPartitionTesting
{
    /// <summary>Makes the days that are missing and drops those past their retention, now instead of once an hour; after another replica that is doing it.</summary>
    public static Task TidyDaysAsync(this IServiceProvider services, CancellationToken cancel) =>
        Eventually.TrueAsync(() => services.GetRequiredService<Housekeeping>().TidyAsync(cancel), "the other replica has finished");
}
