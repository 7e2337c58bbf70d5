using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

internal static class SettingsReader
{
    private const string Section = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    /// <summary>The section of all, then of the connection, then of the context's type; later ones win.</summary>
    public static NpgsqlEntityFrameworkCorePostgreSQLSettings Read<TContext>(IConfiguration configuration, string? connectionName)
        where TContext : DbContext
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = configuration.GetSection(Section);
        section.Bind(settings);
        if (connectionName is not null)
        {
            section.GetSection(connectionName).Bind(settings);
        }

        section.GetSection(typeof(TContext).Name).Bind(settings);
        return settings;
    }

    public static string MissingConnectionString<TContext>(string connectionName) =>
        $"ConnectionString is missing. It should be provided in 'ConnectionStrings:{connectionName}' or under the 'ConnectionString' key in '{Section}' or '{Section}:{typeof(TContext).Name}' configuration section.";
}
