using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.OrderHistory.Figures;

internal sealed class MinuteFigureTable : IEntityTypeConfiguration<MinuteFigure>
{
    public void Configure(EntityTypeBuilder<MinuteFigure> figure) => figure.HasKey(f => new { f.Minute, f.Name, f.Shard });
}
