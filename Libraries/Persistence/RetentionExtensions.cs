using Microsoft.Extensions.DependencyInjection;
using Shop.Persistence.Retention;

namespace Shop.Persistence;

/// <summary>Registration of day partitions and purges.</summary>
public static class RetentionExtensions
{
    /// <summary>Gives a table a partition a day (UTC), created ahead and dropped after its retention. The migration that creates the table must add a default partition <c>{table}_default</c>.</summary>
    /// <param name="table">With its schema, unless that is <c>public</c>. From code, never from input: it becomes part of SQL.</param>
    /// <param name="key">The partition key: a UUIDv7 or a timestamptz.</param>
    /// <param name="retention">Days that end before now − retention are dropped.</param>
    public static IServiceCollection AddDayPartitions(this IServiceCollection services, string table, string key, TimeSpan retention) =>
        services.AddDayPartitions(_ => new(table, key, retention));

    /// <inheritdoc cref="AddDayPartitions(IServiceCollection, string, string, TimeSpan)"/>
    public static IServiceCollection AddDayPartitions(this IServiceCollection services, Func<IServiceProvider, DayPartitionedTable> table) => services.AddSingleton(table);

    /// <summary>Deletes rows that are past their retention, in batches, at every <see cref="DatabaseOptions.HousekeepingInterval"/>.</summary>
    public static IServiceCollection AddPurge(this IServiceCollection services, Func<IServiceProvider, PurgedRows> rows) => services.AddSingleton(rows);
}
