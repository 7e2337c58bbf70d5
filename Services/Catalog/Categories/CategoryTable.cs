using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop.Catalog.Categories;

internal sealed class CategoryTable : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> category)
    {
        category.ToTable("category");
        category.HasKey(c => c.Id).HasName("category_pkey");
        category.Property(c => c.Id).HasColumnName("id");
        category.Property(c => c.NameKo).HasColumnName("name_ko");
        category.Property(c => c.NameEn).HasColumnName("name_en");
        category.Property(c => c.Position).HasColumnName("position");
        category.HasData(Category.All);
    }
}
