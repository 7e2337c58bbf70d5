using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Ordering.Idempotency;

internal sealed class PlacedRequestTable : IEntityTypeConfiguration<PlacedRequest>
{
    /// <summary>A second use of a member's key at the same moment waits on this key and then fails on it.</summary>
    public const string PrimaryKey = "placed_request_pkey";

    public void Configure(EntityTypeBuilder<PlacedRequest> request)
    {
        request.ToTable("placed_request");
        request.HasKey(r => new { r.MemberId, r.Key }).HasName(PrimaryKey);
        request.Property(r => r.MemberId).HasColumnName("member_id");
        request.Property(r => r.Key).HasColumnName("key");
        request.Property(r => r.RequestHash).HasColumnName("request_hash");
        request.Property(r => r.OrderId).HasColumnName("order_id");
        request.Property(r => r.PlacedAt).HasColumnName("placed_at");
        request.HasIndex(r => r.PlacedAt).HasDatabaseName("placed_request_age");
    }
}
