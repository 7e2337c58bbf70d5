using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Catalog.Images;

/// <summary>Public pictures of products and categories, drawn per request and cached by browsers and proxies.</summary>
internal static class ImageEndpoints
{
    // When a product changes its category, its picture changes within this time. The ETag makes revalidation cheap.
    private const string Cached = "public, max-age=300";

    public static void MapImages(this WebApplication app)
    {
        var images = app.MapGroup("/images").AllowAnyone();
        images.MapGet("/products/{id}.svg", OfProductAsync);
        images.MapGet("/categories/{id}.svg", OfCategoryAsync);
    }

    private static async Task<FileContentHttpResult> OfProductAsync(string id, CatalogDb db, HttpResponse response, CancellationToken cancel)
    {
        var productId = Check.Uuid(id) ?? throw new NotFoundException("No such picture.");
        var product = await db.Products.AsNoTracking()
            .Where(product => product.Id == productId)
            .Select(product => new { product.CategoryId, product.Name.En })
            .SingleOrDefaultAsync(cancel) ?? throw new NotFoundException("No such picture.");

        // The last bytes of a UUIDv7 are random.
        return Answer(response, Picture.Draw(Drawings.Of(product.CategoryId, product.En), BitConverter.ToUInt16(productId.ToByteArray(), 14)));
    }

    private static async Task<FileContentHttpResult> OfCategoryAsync(string id, CatalogDb db, HttpResponse response, CancellationToken cancel)
    {
        var category = await db.Categories.AsNoTracking().SingleOrDefaultAsync(category => category.Id == id, cancel)
            ?? throw new NotFoundException("No such picture.");
        return Answer(response, Picture.Draw(Drawings.Of(category.Id), category.Position));
    }

    private static FileContentHttpResult Answer(HttpResponse response, string picture)
    {
        var content = Encoding.UTF8.GetBytes(picture);
        response.Headers.CacheControl = Cached;
        // A result with an ETag handles If-None-Match.
        return TypedResults.Bytes(content, "image/svg+xml", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\""));
    }
}
