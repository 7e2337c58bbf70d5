using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Reviews.Received;

internal sealed class ReceivedProductTable : IEntityTypeConfiguration<ReceivedProduct>
{
    public void Configure(EntityTypeBuilder<ReceivedProduct> received) => received.HasKey(r => new { r.MemberId, r.ProductId });
}
