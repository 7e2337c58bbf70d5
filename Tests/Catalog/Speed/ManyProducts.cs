using Npgsql;
using NpgsqlTypes;
using Shop.Catalog.Products;
using Shop.Catalog.Search;
using Shop.Catalog.Seed;

namespace Shop.Catalog.Tests.Speed;

/// <summary>The sample products again and again, each time by another maker, in another colour and under another number.</summary>
internal static class ManyProducts
{
    private static readonly Wording[] Colours =
        [new("검정", "Black"), new("하양", "White"), new("남색", "Navy"), new("민트", "Mint"), new("베이지", "Beige"), new("빨강", "Red"), new("회색", "Grey"), new("연두", "Lime")];

    private static readonly string[] Syllables = ["ka", "lo", "mi", "ren", "to", "sa", "vel", "nor", "du", "pix", "gra", "hem", "zu", "bo", "fin"];
    private static readonly string[] Hangul = ["가", "로", "미", "렌", "토", "사", "벨", "노", "두", "픽", "그", "햄", "주", "보", "핀"];

    public static async Task AddAsync(string connectionString, int count)
    {
        var samples = SampleProducts.Read();
        var random = new Random(7);
        var products = Enumerable.Range(0, count).Select(i =>
        {
            var sample = samples[i % samples.Count];
            var (colour, maker) = (Colours[random.Next(Colours.Length)], Enumerable.Range(0, 3).Select(_ => random.Next(Syllables.Length)).ToList());
            return Product.Add(Guid.CreateVersion7(),
                new($"{string.Concat(maker.Select(m => Hangul[m]))} {sample.Name.Ko} {colour.Ko} {random.Next(10_000)}",
                    $"{string.Concat(maker.Select(m => Syllables[m]))} {sample.Name.En} {colour.En} {random.Next(10_000)}"),
                sample.Description, sample.CategoryId, sample.Price + random.Next(1_000) * 10);
        }).ToList();

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var rows = await connection.BeginBinaryImportAsync(
            "copy product (id, name_ko, name_en, description_ko, description_en, category_id, price, currency, image_url, version) from stdin (format binary)"))
        {
            foreach (var product in products)
            {
                await rows.WriteRowAsync(default, product.Id, product.Name.Ko, product.Name.En, product.Description.Ko, product.Description.En, product.CategoryId,
                    product.Price, product.Currency, product.ImageUrl, product.Version);
            }

            await rows.CompleteAsync();
        }

        await using (var rows = await connection.BeginBinaryImportAsync("copy search_document (product_id, title, lexemes) from stdin (format binary)"))
        {
            foreach (var document in products.Select(SearchDocument.Of))
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(document.ProductId, NpgsqlDbType.Uuid);
                await rows.WriteAsync(document.Title, NpgsqlDbType.Text);
                await rows.WriteAsync(document.Lexemes, NpgsqlDbType.Array | NpgsqlDbType.Text);
            }

            await rows.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 300 };
        await settle.ExecuteNonQueryAsync();
    }
}
