using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Inventory.Stock;

internal sealed class StockItemTable : IEntityTypeConfiguration<StockItem>
{
    public void Configure(EntityTypeBuilder<StockItem> stock)
    {
        stock.ToTable(table =>
        {
            table.HasCheckConstraint("ck_stock_on_hand_is_not_negative", "on_hand >= 0");
            table.HasCheckConstraint("ck_stock_reserved_is_on_hand", "reserved between 0 and on_hand");
        });
        // A popular product's row is updated with every order: free space on its page allows HOT updates, without index writes.
        stock.HasStorageParameter("fillfactor", 50);
        stock.HasKey(s => s.ProductId);
        stock.Property(s => s.ProductId).ValueGeneratedNever();
        stock.Ignore(s => s.Available);
    }
}
