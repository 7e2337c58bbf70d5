using Google.Protobuf.WellKnownTypes;
using Shop.Catalog.V1;
using Shop.Common.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Text;
using Category = Shop.Catalog.Categories.Category;

namespace Shop.Catalog.Products;

/// <summary>A product for sale. Its id is a UUIDv7, so the id's order is the order of being added.</summary>
internal sealed class Product
{
    public const string Krw = "KRW";

    private Product() { }

    public Guid Id { get; private init; }

    /// <summary>The operator's number of the product, unique: imports identify products by it. Null for a product that was not imported.</summary>
    public string? Sku { get; private init; }

    /// <summary><see cref="TextForm.Lookalike"/> of the SKU, unique: no two products have SKUs that look the same.</summary>
    public string? SkuLookalike { get; private init; }

    public Wording Name { get; private set; } = null!;

    public Wording Description { get; private set; } = null!;

    public string CategoryId { get; private set; } = "";

    public Category Category { get; private init; } = null!;

    /// <summary>In minor units of <see cref="Currency"/>.</summary>
    public long Price { get; private set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = Krw;

    /// <summary>A path of the gateway, or an absolute URL.</summary>
    public string ImageUrl { get; private set; } = "";

    /// <summary>Since when it is not sold any more; null: it is sold. Orders and baskets still refer to it, so it is never deleted.</summary>
    public DateTimeOffset? DiscontinuedAt { get; private set; }

    /// <summary>Grows by one with every change.</summary>
    public long Version { get; private set; }

    public static Product Add(Guid id, Wording name, Wording description, string categoryId, long price, string? imageUrl = null, string? sku = null) => new()
    {
        Id = id,
        Sku = sku,
        SkuLookalike = sku is null ? null : TextForm.Lookalike(sku),
        Name = name,
        Description = description,
        CategoryId = categoryId,
        Price = price,
        ImageUrl = imageUrl ?? $"/images/products/{id}.svg",
        Version = 1,
    };

    /// <summary>Sets the fields that are not null. False: nothing has changed.</summary>
    public bool Change(Wording? name, Wording? description, string? categoryId, long? price, string? imageUrl)
    {
        var before = (Name, Description, CategoryId, Price, ImageUrl);
        Name = name ?? Name;
        Description = description ?? Description;
        CategoryId = categoryId ?? CategoryId;
        Price = price ?? Price;
        ImageUrl = imageUrl ?? ImageUrl;
        if (before == (Name, Description, CategoryId, Price, ImageUrl))
            return false;

        Version++;
        return true;
    }

    /// <summary>There is no way back.</summary>
    /// <returns>False: it is discontinued already.</returns>
    public bool Discontinue(DateTimeOffset now)
    {
        if (DiscontinuedAt is not null)
            return false;

        DiscontinuedAt = now;
        Version++;
        return true;
    }

    public ProductAdded Added(DateTimeOffset now) => new()
    {
        ProductId = Id.ToString(),
        Name = Name.ToContract(),
        CategoryId = CategoryId,
        Price = new Money { Amount = Price, Currency = Currency },
        AddedAt = now.ToTimestamp(),
    };

    public ProductChanged Changed(DateTimeOffset now) => new()
    {
        ProductId = Id.ToString(),
        Name = Name.ToContract(),
        CategoryId = CategoryId,
        Price = new Money { Amount = Price, Currency = Currency },
        ChangedAt = now.ToTimestamp(),
        Version = Version,
    };

    public ProductDiscontinued Discontinued(DateTimeOffset now) => new() { ProductId = Id.ToString(), DiscontinuedAt = now.ToTimestamp() };
}
