using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.OrderHistory.Rebuilds;

internal sealed class RebuildTable : IEntityTypeConfiguration<Rebuild>
{
    public void Configure(EntityTypeBuilder<Rebuild> rebuild)
    {
        rebuild.ToTable(table => table.HasCheckConstraint("ck_rebuilds_state_is_known", "state in ('running', 'swapped', 'failed', 'cancelled')"));
        rebuild.Property(r => r.Id).ValueGeneratedNever();

        // One at a time, whichever replica is asked.
        rebuild.HasIndex(r => r.State).IsUnique().HasFilter("state = 'running'");
    }
}
