using Shop.Catalog.Products;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Text;
using Shop.ServiceDefaults.Validation;
using Shop.ServiceDefaults.WarmUp;
using Product = Shop.Catalog.Products.Product;

namespace Shop.Catalog.Imports;

/// <summary>A valid line of an import.</summary>
/// <param name="Index">Its position in the batch.</param>
/// <param name="SkuLookalike"><see cref="TextForm.Lookalike"/> of the SKU.</param>
internal sealed record ImportLine(int Index, string Sku, string SkuLookalike, Wording Name, Wording Description, string CategoryId, long Price, string? ImageUrl)
{
    public Product ToProduct(Guid id) => Product.Add(id, Name, Description, CategoryId, Price, ImageUrl, Sku);

    public bool Apply(Product product) => product.Change(Name, Description, CategoryId, Price, ImageUrl);

    public bool Differs(Product product) => (product.Name, product.Description, product.CategoryId, product.Price, product.ImageUrl)
        != (Name, Description, CategoryId, Price, ImageUrl ?? product.ImageUrl);
}

/// <summary>The valid lines of a batch, and the invalid fields of all others.</summary>
internal sealed record ImportBatch(IReadOnlyList<ImportLine> Lines, IReadOnlyList<RefusedField> Refused)
{
    public static ImportBatch Read(IReadOnlyList<ImportedProduct> products, IReadOnlySet<string> categories)
    {
        var (lines, refused, skus) = (new List<ImportLine>(), new List<RefusedField>(), new HashSet<string>());
        for (var i = 0; i < products.Count; i++)
        {
            try
            {
                lines.Add(ReadLine(i, products[i], categories, skus));
            }
            catch (InvalidException failure)
            {
                refused.AddRange(failure.Errors.Select(error => new RefusedField { Index = i, Field = error.Key, Message = string.Join(", ", error.Value) }));
            }
        }

        return new(lines, refused);
    }

    private static ImportLine ReadLine(int index, ImportedProduct product, IReadOnlySet<string> categories, HashSet<string> skus)
    {
        var check = new Check();
        var sku = ProductInput.Sku(check, product.Sku);
        var name = ProductInput.Name(check, product.Name);
        var description = ProductInput.Description(check, product.Description);
        var price = ProductInput.Price(check, product.Price);
        var imageUrl = ProductInput.ImageUrl(check, product.HasImageUrl ? product.ImageUrl : null);
        check.That(name is not null, "name", "is missing");
        check.That(description is not null, "description", "is missing");
        check.That(price is not null, "price", "is missing");
        check.That(categories.Contains(product.CategoryId), "categoryId", "is not a category of this shop");
        var lookalike = TextForm.Lookalike(sku);
        check.That(check.HasErrors || skus.Add(lookalike), "sku", "is in this batch already");
        check.ThrowIfAny();
        return new(index, sku, lookalike, name!, description!, product.CategoryId, price!.Value, imageUrl);
    }
}
