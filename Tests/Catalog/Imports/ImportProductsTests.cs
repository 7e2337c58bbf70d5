using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Text;

namespace Shop.Catalog.Tests.Imports;

public sealed class ImportProductsTests(RunningCatalog catalog)
{
    [Fact]
    public async Task Imported_products_are_for_sale_and_found()
    {
        var answer = await ImportAsync(Line("IMP-1", "Importella Lamp", 12_000), Line("IMP-2", "Importella Bowl", 13_000));

        Assert.Equal((2, 0, 0), (answer.Added, answer.Changed, answer.Unchanged));
        var found = await catalog.SearchAsync("importella", ProductSort.Price);
        Assert.Equal([12_000, 13_000], found.ConvertAll(product => product.Price.Amount));
        Assert.All(found, product => Assert.Equal($"/images/products/{product.Id}.svg", product.ImageUrl));
        Assert.Equal(["ProductAdded"], await catalog.Database.EventsOfAsync(found[0].Id));
    }

    [Fact]
    public async Task A_repeated_import_changes_and_publishes_nothing()
    {
        var lines = Enumerable.Range(0, 100).Select(i => Line($"AGAIN-{i}", $"Againster {i}", 1_000 + i)).ToArray();
        await ImportAsync(lines);
        var (rows, events) = await StateAsync();

        var again = await ImportAsync(lines);

        Assert.Equal((0, 0, 100), (again.Added, again.Changed, again.Unchanged));
        Assert.Equal((rows, events), await StateAsync());

        async Task<(string Rows, long Events)> StateAsync() => (
            (await catalog.Database.QueryAsync<string>("select string_agg(format('%s %s %s', id, version, xmin), ',' order by id) from products where sku like 'AGAIN-%'")).Single(),
            (await catalog.Database.QueryAsync<long>(
                "select count(*) from messaging.outbox where key in (select id::text from products where sku like 'AGAIN-%')")).Single());
    }

    [Fact]
    public async Task Only_differing_products_are_changed_and_published()
    {
        await ImportAsync(Line("DIFF-1", "Differello One", 1_000), Line("DIFF-2", "Differello Two", 2_000), Line("DIFF-3", "Differello Three", 3_000));
        var before = await catalog.SearchAsync("differello", ProductSort.Price);

        var answer = await ImportAsync(Line("DIFF-1", "Differello One", 1_000), Line("DIFF-2", "Renamedo Two", 2_500), Line("DIFF-4", "Differello Four", 4_000));

        Assert.Equal((1, 1, 1), (answer.Added, answer.Changed, answer.Unchanged));
        Assert.Equal([before[1].Id], (await catalog.SearchAsync("renamedo")).ConvertAll(product => product.Id));
        Assert.Equal([1_000, 3_000, 4_000], (await catalog.SearchAsync("differello", ProductSort.Price)).ConvertAll(product => product.Price.Amount));
        Assert.Equal(["ProductAdded", "ProductChanged"], await catalog.Database.EventsOfAsync(before[1].Id));
        Assert.Equal(["ProductAdded"], await catalog.Database.EventsOfAsync(before[0].Id));
    }

    [Fact]
    public async Task Bad_products_are_refused_by_themselves_with_every_bad_field()
    {
        var bad = Line("", "x", 0);
        bad.Name.Ko = new('가', 201);
        bad.CategoryId = "nothing";
        var answer = await ImportAsync(Line("BAD-1", "Badderly Fine", 5), bad, Line("BAD-1", "Badderly Twice", 6), new ImportedProduct { Sku = "BAD-2\0" });

        Assert.Equal(1, answer.Added);
        Assert.Equal(
            ["1 categoryId", "1 name.ko", "1 price.amount", "1 sku", "2 sku", "3 categoryId", "3 description", "3 name", "3 price", "3 sku"],
            answer.Refused.Select(refused => $"{refused.Index} {refused.Field}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("skü-1", "SKÜ-1")]
    [InlineData("Ski\u0301-2", "SKÍ-2")]
    [InlineData("ﬁsk-3", "FISK-3")]
    [InlineData("Ｓｋ-4", "sk-4")]
    [InlineData("가-5", "\u1100\u1161-5")]
    public async Task Two_skus_that_look_the_same_are_not_two_products(string first, string second)
    {
        // The same text in two Unicode forms is the same SKU; a lookalike is refused.
        var isSame = TextForm.Nfc(first) == TextForm.Nfc(second);

        var batch = await ImportAsync(Line(first, "Lookalikely", 1_000), Line(second, "Lookalikely", 2_000));
        var later = await ImportAsync(Line(second, "Lookalikely", 3_000));

        Assert.Equal((1, "1 sku"), (batch.Added, string.Join(", ", batch.Refused.Select(refused => $"{refused.Index} {refused.Field}"))));
        Assert.Equal((0, isSame ? 1 : 0), (later.Added, later.Changed));
        Assert.Equal(isSame ? [] : [$"is the SKU {TextForm.Nfc(first)} of another product, in other letters"], later.Refused.Select(refused => refused.Message));
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u00AD")]
    [InlineData("\uFEFF")]
    [InlineData("\u202E")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    public async Task A_sku_has_nothing_that_nobody_can_see(string unseen)
    {
        var answer = await ImportAsync(Line($"UNSEEN{unseen}-1", "Unseenly", 1_000), Line(unseen, "Unseenly", 1_000));

        Assert.Equal(0, answer.Added);
        Assert.Equal(["0 sku must not have invisible characters", "1 sku must not be blank"], answer.Refused.Select(refused => $"{refused.Index} {refused.Field} {refused.Message}"));
    }

    [Fact]
    public async Task Texts_that_nobody_can_see_are_bad_fields()
    {
        var line = Line("BLANK-1", "x", 1_000);
        line.Name = new() { Ko = "\u200B", En = "\u3164" };
        line.Description = new() { Ko = "\u2800", En = "\u202E" };
        line.ImageUrl = @"/\evil.example/x.png";

        Assert.Equal(["description.en", "description.ko", "imageUrl", "name.en", "name.ko"],
            (await ImportAsync(line)).Refused.Select(refused => refused.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_batches_at_once_from_many_add_each_product_once()
    {
        await using var other = await catalog.AnotherReplicaAsync();
        var lines = Enumerable.Range(0, 20).Select(i => Line($"RACE-{i}", $"Racington {i}", 1_000)).ToArray();

        var answers = await Task.WhenAll(new[] { catalog.AsOperator, other.AsOperator, catalog.AsOperator, other.AsOperator }
            .Select(async client => await client.ImportProductsAsync(new() { Products = { lines } })));

        Assert.Equal(20, answers.Sum(answer => answer.Added));
        Assert.Equal(60, answers.Sum(answer => answer.Unchanged));
    }

    [Fact]
    public async Task A_picture_that_is_not_in_the_file_stays()
    {
        var line = Line("PIC-1", "Picturesque", 1_000);
        line.ImageUrl = "/images/own.svg";
        await ImportAsync(line);
        line.ClearImageUrl();

        Assert.Equal(1, (await ImportAsync(line)).Unchanged);
        Assert.Equal("/images/own.svg", (await catalog.SearchAsync("picturesque")).Single().ImageUrl);
    }

    [Fact]
    public async Task More_than_a_batch_is_refused()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => ImportAsync([.. Enumerable.Range(0, 101).Select(i => Line($"MORE-{i}", "x", 1))]));
        Assert.Equal(["products"], failure.FieldErrors().Keys);
    }

    private async Task<ImportProductsResponse> ImportAsync(params ImportedProduct[] lines) => await catalog.AsOperator.ImportProductsAsync(new() { Products = { lines } });

    private static ImportedProduct Line(string sku, string name, long price) => new()
    {
        Sku = sku,
        Name = new() { Ko = $"수입품 {name}", En = name },
        Description = new() { Ko = "먼 곳에서 왔습니다.", En = "From far away." },
        CategoryId = "lighting",
        Price = new() { Amount = price, Currency = "KRW" },
    };
}
