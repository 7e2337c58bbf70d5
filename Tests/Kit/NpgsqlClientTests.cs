using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Shop.Kit.Tests;

public sealed class NpgsqlClientTests
{
    private const string Section = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    [Fact]
    public void A_context_retries_and_takes_connection_string_and_timeout_from_configuration()
    {
        using var host = Build(Builder(("ConnectionStrings:db", "Host=h1;Database=d1"), ($"{Section}:CommandTimeout", "7")), b => b.AddNpgsqlDbContext<SomeDb>("db"));
        using var scope = host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SomeDb>();

        Assert.IsType<NpgsqlRetryingExecutionStrategy>(db.Database.CreateExecutionStrategy());
        Assert.Equal(("h1", "d1", 7), (db.Database.GetDbConnection().DataSource.Replace("tcp://", "").Split(':')[0], db.Database.GetDbConnection().Database, db.Database.GetCommandTimeout()));
    }

    [Fact]
    public void The_section_of_the_context_wins_over_that_of_the_connection()
    {
        using var host = Build(
            Builder(("ConnectionStrings:db", "Host=h1"), ($"{Section}:db:CommandTimeout", "7"), ($"{Section}:SomeDb:CommandTimeout", "8"), ($"{Section}:DisableRetry", "true")),
            b => b.AddNpgsqlDbContext<SomeDb>("db"));
        using var scope = host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SomeDb>();

        Assert.Equal(8, db.Database.GetCommandTimeout());
        Assert.False(db.Database.CreateExecutionStrategy().RetriesOnFailure);
    }

    [Fact]
    public void A_missing_connection_string_shows_when_a_context_is_wanted()
    {
        using var host = Build(Builder(), b => b.AddNpgsqlDbContext<SomeDb>("db"));
        using var scope = host.Services.CreateScope();

        var error = Assert.Throws<InvalidOperationException>(scope.ServiceProvider.GetRequiredService<SomeDb>);

        Assert.Contains("'ConnectionStrings:db'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_registered_by_other_means_can_be_enriched()
    {
        using var host = Build(Builder(), b =>
        {
            b.Services.AddDbContext<SomeDb>(o => o.UseNpgsql("Host=h1"));
            b.EnrichNpgsqlDbContext<SomeDb>(s => s.CommandTimeout = 9);
        });
        using var scope = host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<SomeDb>();

        Assert.True(db.Database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Equal(9, db.Database.GetCommandTimeout());
    }

    [Fact]
    public void Two_different_timeouts_are_refused()
    {
        using var host = Build(Builder(), b =>
        {
            b.Services.AddDbContext<SomeDb>(o => o.UseNpgsql("Host=h1", npgsql => npgsql.CommandTimeout(5)));
            b.EnrichNpgsqlDbContext<SomeDb>(s => s.CommandTimeout = 9);
        });
        using var scope = host.Services.CreateScope();

        Assert.Throws<InvalidOperationException>(scope.ServiceProvider.GetRequiredService<SomeDb>);
    }

    [Fact]
    public void Registering_a_context_twice_or_enriching_none_is_refused()
    {
        var builder = Builder();
        Assert.Throws<InvalidOperationException>(() => builder.EnrichNpgsqlDbContext<SomeDb>());

        builder.Environment.EnvironmentName = Environments.Development;
        builder.AddNpgsqlDbContext<SomeDb>("db");
        Assert.Throws<InvalidOperationException>(() => builder.AddNpgsqlDbContext<SomeDb>("db"));
    }

    [Fact]
    public void The_health_check_is_named_after_the_context_and_can_be_left_out()
    {
        using var host = Build(Builder(), b =>
        {
            b.AddNpgsqlDbContext<SomeDb>("db");
            b.AddNpgsqlDbContext<OtherDb>("db", s => s.DisableHealthChecks = true);
        });

        var checks = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.Equal(nameof(SomeDb), Assert.Single(checks).Name);
    }

    private static HostApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        return builder;
    }

    private static IHost Build(HostApplicationBuilder builder, Action<HostApplicationBuilder> add)
    {
        add(builder);
        return builder.Build();
    }

    private sealed class SomeDb(DbContextOptions<SomeDb> options) : DbContext(options);

    private sealed class OtherDb(DbContextOptions<OtherDb> options) : DbContext(options);
}
