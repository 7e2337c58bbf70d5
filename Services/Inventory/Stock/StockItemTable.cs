using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Inventory.Stock;

internal sealed class StockItemTable : IEntityTypeConfiguration<StockItem>
{
    public void Configure(EntityTypeBuilder<StockItem> stock)
    {
        stock.ToTable("stock", table =>
        {
            table.HasCheckConstraint("stock_on_hand_is_not_negative", "on_hand >= 0");
            table.HasCheckConstraint("stock_reserved_is_on_hand", "reserved between 0 and on_hand");
        });
        // A popular product's row is rewritten with every order: room on its page keeps the new version there, without touching the index.
        stock.HasStorageParameter("fillfactor", 50);
        stock.HasKey(s => s.ProductId).HasName("stock_pkey");
        stock.Property(s => s.ProductId).ValueGeneratedNever();
        stock.Ignore(s => s.Available);
    }
}
