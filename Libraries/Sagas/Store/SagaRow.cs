using Microsoft.EntityFrameworkCore;

namespace Shop.Sagas.Store;

/// <summary>A saga as it is inserted. The other columns (version, lease, times) take the database's defaults.</summary>
internal sealed class SagaRow
{
    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public string? Subject { get; init; }
    public required string State { get; init; }
    public required TimeSpan Within { get; init; }
    public required Guid LeaseOwner { get; init; }
    public string? TraceParent { get; init; }
    public string? TraceState { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<SagaRow>(row =>
    {
        row.ToTable("saga", "sagas", table => table.ExcludeFromMigrations());
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.State).HasColumnType("jsonb");
        row.Property(r => r.TraceParent).HasColumnName("traceparent");
        row.Property(r => r.TraceState).HasColumnName("tracestate");
    });
}
