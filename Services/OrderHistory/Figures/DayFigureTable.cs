using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.OrderHistory.Figures;

internal sealed class DayFigureTable : IEntityTypeConfiguration<DayFigure>
{
    public void Configure(EntityTypeBuilder<DayFigure> figure) => figure.HasKey(f => new { f.Day, f.Name, f.Shard });
}
