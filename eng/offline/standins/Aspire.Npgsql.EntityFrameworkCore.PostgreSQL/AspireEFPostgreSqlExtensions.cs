using System.Diagnostics.CodeAnalysis;
using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

public static partial class AspireEFPostgreSqlExtensions
{
    private const DynamicallyAccessedMemberTypes UsedByEF =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.NonPublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Registers a pooled <typeparamref name="TContext"/> with retries, a health check, traces and metrics.</summary>
    public static void AddNpgsqlDbContext<[DynamicallyAccessedMembers(UsedByEF)] TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (builder.Environment.IsDevelopment() && IsRegistered<TContext>(builder))
        {
            throw new InvalidOperationException(
                $"DbContext<{typeof(TContext).Name}> is already registered: use either AddDbContext with {nameof(EnrichNpgsqlDbContext)}, or {nameof(AddNpgsqlDbContext)} alone.");
        }

        var settings = SettingsReader.Read<TContext>(builder.Configuration, connectionName);
        settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            // Only now, when a context is wanted: design-time tools build the host without a connection string.
            if (string.IsNullOrWhiteSpace(settings.ConnectionString) && !EF.IsDesignTime)
            {
                throw new InvalidOperationException(SettingsReader.MissingConnectionString<TContext>(connectionName));
            }

            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }

                if (settings.CommandTimeout is { } seconds)
                {
                    npgsql.CommandTimeout(seconds);
                }
            });
            configureDbContextOptions?.Invoke(options);
        });

        Instrumentation.Add<TContext>(builder, settings);
    }

    /// <summary>Adds retries, a health check, traces and metrics to a <typeparamref name="TContext"/> that is registered already.</summary>
    public static void EnrichNpgsqlDbContext<[DynamicallyAccessedMembers(UsedByEF)] TContext>(
        this IHostApplicationBuilder builder,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = SettingsReader.Read<TContext>(builder.Configuration, connectionName: null);
        configureSettings?.Invoke(settings);

        if (!settings.DisableRetry || settings.CommandTimeout.HasValue)
        {
            if (!IsRegistered<TContext>(builder))
            {
                throw new InvalidOperationException(
                    $"DbContext<{typeof(TContext).Name}> is not registered: register it before {nameof(EnrichNpgsqlDbContext)}.");
            }

            builder.Services.ConfigureDbContext<TContext>(options => Enrichment.Apply<TContext>(options, settings));
        }

        Instrumentation.Add<TContext>(builder, settings);
    }

    private static bool IsRegistered<TContext>(IHostApplicationBuilder builder)
        where TContext : DbContext =>
        builder.Services.Any(service => service.ServiceType == typeof(DbContextOptions<TContext>));
}
