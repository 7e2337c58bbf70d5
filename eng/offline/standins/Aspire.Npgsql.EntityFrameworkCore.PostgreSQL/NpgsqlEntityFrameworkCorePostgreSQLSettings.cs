namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

public partial class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableRetry { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    public bool DisableMetrics { get; set; }

    /// <summary>In seconds; null leaves the provider's default.</summary>
    public int? CommandTimeout { get; set; }
}
