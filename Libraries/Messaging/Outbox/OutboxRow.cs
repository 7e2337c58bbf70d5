using Microsoft.EntityFrameworkCore;

namespace Shop.Messaging.Outbox;

/// <summary>An event as it is inserted. The columns that the database fills (xact, position) are not mapped, so the insert returns nothing.</summary>
internal sealed class OutboxRow
{
    public required Guid EventId { get; init; }
    public required short Shard { get; init; }
    public required string Topic { get; init; }
    public required string Key { get; init; }
    public required string Type { get; init; }
    public string? TraceParent { get; init; }
    public string? TraceState { get; init; }
    /// <summary>Further headers as a JSON object, or null.</summary>
    public string? Headers { get; init; }
    public required byte[] Payload { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<OutboxRow>(row =>
    {
        row.ToTable("outbox", "messaging", table => table.ExcludeFromMigrations());
        row.HasKey(r => r.EventId);
        row.Property(r => r.EventId).ValueGeneratedNever();
        row.Property(r => r.TraceParent).HasColumnName("traceparent");
        row.Property(r => r.TraceState).HasColumnName("tracestate");
        row.Property(r => r.Headers).HasColumnType("jsonb");
    });
}
