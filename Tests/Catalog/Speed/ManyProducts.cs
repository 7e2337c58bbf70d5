using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Shop.Catalog.Search;
using Shop.Catalog.V1;
using Shop.Testing;
using Product = Shop.Catalog.Products.Product;

namespace Shop.Catalog.Tests.Speed;

/// <summary>Generated products, inserted into the database directly or in the form of an import.</summary>
internal static partial class ManyProducts
{
    public static IEnumerable<ImportedProduct> Imported(int count, int seed) => ProductFile.Lines(count, seed).Select(line =>
    {
        var fields = Field().Matches(line).Select(field => field.Value.Trim('"')).ToList();
        return new ImportedProduct
        {
            Sku = $"{seed}-{fields[0]}",
            CategoryId = fields[1],
            Price = new() { Amount = long.Parse(fields[2]), Currency = Product.Krw },
            Name = new() { Ko = fields[3], En = fields[4] },
            Description = new() { Ko = fields[5], En = fields[6] },
        };
    });

    public static async Task AddAsync(string connectionString, int count)
    {
        var products = Imported(count, seed: -1).Select(line => Product.Add(Guid.CreateVersion7(),
            new(line.Name.Ko, line.Name.En), new(line.Description.Ko, line.Description.En), line.CategoryId, line.Price.Amount, sku: line.Sku)).ToList();

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var rows = await connection.BeginBinaryImportAsync(
            "copy products (id, sku, name_ko, name_en, description_ko, description_en, category_id, price, currency, image_url, version) from stdin (format binary)"))
        {
            foreach (var product in products)
            {
                await rows.WriteRowAsync(default, product.Id, product.Sku!, product.Name.Ko, product.Name.En, product.Description.Ko, product.Description.En, product.CategoryId,
                    product.Price, product.Currency, product.ImageUrl, product.Version);
            }

            await rows.CompleteAsync();
        }

        // An index that is built afterwards takes a fraction of the time.
        await using var definition = new NpgsqlCommand("select pg_get_indexdef('ix_search_documents_lexemes'::regclass)", connection);
        var index = (string)(await definition.ExecuteScalarAsync())!;
        await ExecuteAsync(connection, "drop index ix_search_documents_lexemes");
        await using (var rows = await connection.BeginBinaryImportAsync("copy search_documents (product_id, title, lexemes) from stdin (format binary)"))
        {
            foreach (var document in products.Select(product => SearchDocument.Of(product.Id, product.Name, product.Description)))
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(document.ProductId, NpgsqlDbType.Uuid);
                await rows.WriteAsync(document.Title, NpgsqlDbType.Text);
                await rows.WriteAsync(document.Lexemes, NpgsqlDbType.Array | NpgsqlDbType.Text);
            }

            await rows.CompleteAsync();
        }

        await ExecuteAsync(connection, $"set maintenance_work_mem = '512MB'; {index}");
        await ExecuteAsync(connection, "vacuum analyze");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("\"[^\"]*\"|[^,]+")]
    private static partial Regex Field();
}
