using Microsoft.EntityFrameworkCore;

namespace Shop.Messaging.DeadLetters;

/// <summary>A parked delivery as it is inserted; status and times take the database's defaults.</summary>
internal sealed class DeadLetterRow
{
    public required Guid Id { get; init; }
    public required Guid EventId { get; init; }
    public required string Consumer { get; init; }
    public required string Topic { get; init; }
    public required int Partition { get; init; }
    public required long Record { get; init; }
    public required string Key { get; init; }
    public required string Type { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public string? TraceParent { get; init; }
    public required byte[] Payload { get; init; }
    public required string Reason { get; init; }
    public string? Stack { get; init; }
    public required int Attempts { get; init; }
    public string? TraceId { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<DeadLetterRow>(row =>
    {
        row.ToTable("dead_letter", "messaging", table => table.ExcludeFromMigrations());
        row.HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.Property(r => r.TraceParent).HasColumnName("traceparent");
    });
}
