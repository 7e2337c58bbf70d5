using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

#pragma warning disable EF1001 // The provider's options can be read through its internal types only.

internal static class Enrichment
{
    public static void Apply<TContext>(DbContextOptionsBuilder options, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext =>
        options.UseNpgsql(npgsql =>
        {
            var present = options.Options.FindExtension<NpgsqlOptionsExtension>();
            if (!settings.DisableRetry)
            {
                AddRetry(npgsql, present, options.Options);
            }

            if (settings.CommandTimeout is { } seconds)
            {
                if (present?.CommandTimeout is { } other && other != seconds)
                {
                    throw new InvalidOperationException(
                        $"Conflicting values for 'CommandTimeout' were found in {nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)} and set in DbContextOptions<{typeof(TContext).Name}>.");
                }

                npgsql.CommandTimeout(seconds);
            }
        });

    private static void AddRetry(NpgsqlDbContextOptionsBuilder npgsql, NpgsqlOptionsExtension? present, DbContextOptions options)
    {
        var strategy = present?.ExecutionStrategyFactory?.Invoke(new ExecutionStrategyDependencies(null!, options, null!));
        switch (strategy)
        {
            case null:
                npgsql.EnableRetryOnFailure();
                break;
            case NpgsqlRetryingExecutionStrategy:
                break; // the application's own retries stay
            case var plain when plain.GetType() == typeof(NpgsqlExecutionStrategy):
                npgsql.EnableRetryOnFailure();
                break;
            default:
                throw new InvalidOperationException(
                    $"{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)}.{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings.DisableRetry)} needs to be set when a custom Execution Strategy is configured.");
        }
    }
}
