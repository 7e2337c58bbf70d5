using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.OrderHistory.Orders;

/// <summary>Members read their own orders, operators those of one status, of one member, or all; newest first in each case. The rebuild makes the same table beside this one.</summary>
internal sealed class OrderRecordTable : IEntityTypeConfiguration<OrderRecord>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Configure(EntityTypeBuilder<OrderRecord> order)
    {
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Ignore(o => o.IsWhole);
        // A row begins empty (OrderRows).
        order.Property(o => o.Version).HasDefaultValue(0);
        order.Property(o => o.PaymentVersion).HasDefaultValue(0);
        order.Property(o => o.PaymentAmount).HasDefaultValue(0L);
        order.Property(o => o.PaymentRefunded).HasDefaultValue(0L);
        order.Property(o => o.PaymentAttempts).HasDefaultValue(0);
        order.Property(o => o.Currency).HasMaxLength(3);
        order.Property(o => o.Lines).HasColumnType("jsonb").HasConversion(lines => ToJson(lines), json => FromJson<RecordedLine>(json), Whole<RecordedLine>()).HasDefaultValueSql("'[]'");
        order.Property(o => o.Timeline).HasColumnType("jsonb").HasConversion(entries => ToJson(entries), json => FromJson<RecordedEntry>(json), Whole<RecordedEntry>()).HasDefaultValueSql("'[]'");

        order.HasIndex(o => new { o.MemberId, o.Id }).IsDescending(false, true);
        order.HasIndex(o => new { o.Status, o.Id }).IsDescending(false, true);
    }

    public static string ToJson<T>(IReadOnlyList<T> list) => JsonSerializer.Serialize(list, Json);

    private static List<T> FromJson<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Json)!;

    // A list is replaced, never changed.
    private static ValueComparer<IReadOnlyList<T>> Whole<T>() => new((some, other) => ReferenceEquals(some, other), list => list.Count, list => list);
}
