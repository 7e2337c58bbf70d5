using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Tests.Products;

public sealed class UpdateProductTests(RunningCatalog catalog)
{
    [Fact]
    public async Task What_is_absent_stays_as_it_is()
    {
        var before = await catalog.AddAsync("그대로", "As it was", 7_000, "bags");
        var after = (await catalog.AsOperator.UpdateProductAsync(new() { ProductId = before.Id, Price = new() { Amount = 8_000, Currency = "KRW" } })).Product;

        Assert.Equal(8_000, after.Price.Amount);
        Assert.Equal(after, (await catalog.Catalog.GetProductAsync(new() { ProductId = before.Id })).Product);
        after.Price = before.Price;
        Assert.Equal(before, after);
        Assert.Equal(["ProductAdded", "ProductChanged"], await catalog.Database.EventsOfAsync(before.Id));
    }

    [Fact]
    public async Task Everything_can_change()
    {
        var product = await catalog.AddAsync("옛것", "Old one");
        var changed = (await catalog.AsOperator.UpdateProductAsync(new()
        {
            ProductId = product.Id,
            Name = new() { Ko = "새것", En = "New one" },
            Description = new() { Ko = "새 설명", En = "New text" },
            CategoryId = "coffee",
            Price = new() { Amount = 1, Currency = "KRW" },
            ImageUrl = "/images/new.svg",
            Language = Language.En,
        })).Product;

        Assert.Equal(("New one", "New text", "Coffee & tea", 1, "/images/new.svg"), (changed.Name, changed.Description, changed.Category.Name, changed.Price.Amount, changed.ImageUrl));
    }

    [Fact]
    public async Task No_difference_is_no_event()
    {
        var product = await catalog.AddAsync("같은 것", "The same");
        await catalog.AsOperator.UpdateProductAsync(new() { ProductId = product.Id, CategoryId = "bags" });

        Assert.Equal(["ProductAdded"], await catalog.Database.EventsOfAsync(product.Id));
    }

    [Fact]
    public async Task Two_operators_at_once_do_not_lose_each_others_changes()
    {
        var product = await catalog.AddAsync("함께", "Together");
        var changes = Enumerable.Range(1, 20).Select(i => i % 2 == 0
            ? new UpdateProductRequest { ProductId = product.Id, Price = new() { Amount = 1_000 + i, Currency = "KRW" } }
            : new UpdateProductRequest { ProductId = product.Id, Name = new() { Ko = $"함께 {i}", En = $"Together {i}" } });
        await Task.WhenAll(changes.Select(change => catalog.AsOperator.UpdateProductAsync(change).ResponseAsync));

        var read = (await catalog.Catalog.GetProductAsync(new() { ProductId = product.Id })).Product;
        Assert.StartsWith("함께 ", read.Name);
        Assert.InRange(read.Price.Amount, 1_002, 1_020);
        Assert.Equal([21L], await catalog.Database.QueryAsync<long>("select version from products where id = @id::uuid", new { id = product.Id }));
        Assert.Equal(21, (await catalog.Database.EventsOfAsync(product.Id)).Count);
    }

    [Theory]
    [InlineData("0199aaaa-0000-7000-8000-000000000000")]
    [InlineData("nonsense")]
    public async Task An_unknown_product_is_not_found(string id)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.AsOperator.UpdateProductAsync(new() { ProductId = id, CategoryId = "bags" }));
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task A_name_is_changed_whole_or_not_at_all()
    {
        var product = await catalog.AddAsync("이름", "Name");
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.AsOperator.UpdateProductAsync(new()
        {
            ProductId = product.Id, Name = new() { Ko = "새 이름" }, CategoryId = "",
        }));

        Assert.Equal(["categoryId", "name.en"], failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
    }
}
