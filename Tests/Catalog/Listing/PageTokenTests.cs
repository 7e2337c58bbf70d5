using Grpc.Core;
using Shop.Catalog.Tests.Running;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Catalog.Tests.Listing;

public sealed class PageTokenTests(RunningCatalog catalog)
{
    private static readonly ListProductsRequest First = new()
    {
        Query = "키보드", CategoryId = "keyboards", Sort = ProductSort.Price, Language = Language.En, PageSize = 2,
    };

    [Fact]
    public async Task A_token_continues_its_list_with_or_without_the_other_parameters()
    {
        var token = await TokenAsync();
        var again = First.Clone();
        again.PageToken = token;

        var alone = await catalog.Catalog.ListProductsAsync(new() { PageToken = token, PageSize = 2 });
        var repeated = await catalog.Catalog.ListProductsAsync(again);

        Assert.Equal(2, alone.Products.Count);
        Assert.Equal(alone.Products, repeated.Products);
        Assert.All(alone.Products, product => Assert.Equal("Keyboards", product.Category.Name));
    }

    [Fact]
    public async Task All_parameters_that_are_wrong_are_named_at_once()
    {
        foreach (var (query, category) in new[] { ("\0", "a\nb"), (new string('a', 201), new string('a', 201)) })
        {
            foreach (var token in new[] { "\0", "AAAA", new string('A', 7500) })
            {
                var request = new ListProductsRequest { Query = query, CategoryId = category, PageSize = 101, PageToken = token };

                var failure = await Assert.ThrowsAsync<RpcException>(() => catalog.Catalog.ListProductsAsync(request).ResponseAsync);

                Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
                Assert.Equal(["category", "pageSize", "pageToken", "query"], failure.FieldErrors().Keys.Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_query_is_the_same_in_pieces()
    {
        var request = First.Clone();
        request.Query = "\u110F\u1175\u1107\u1169\u1103\u1173";
        request.PageToken = await TokenAsync();

        Assert.Equal(2, (await catalog.Catalog.ListProductsAsync(request)).Products.Count);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("category")]
    [InlineData("sort")]
    [InlineData("language")]
    public async Task A_token_is_not_for_another_list(string field)
    {
        var other = new ListProductsRequest { PageToken = await TokenAsync() };
        switch (field)
        {
            case "query": other.Query = "마우스"; break;
            case "category": other.CategoryId = "audio"; break;
            case "sort": other.Sort = ProductSort.Newest; break;
            case "language": other.Language = Language.Ko; break;
        }

        await InvalidAsync(field, other);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not a token")]
    public async Task A_token_that_was_not_issued_is_refused(string tail)
    {
        var token = await TokenAsync();
        var middle = token.Length / 2;
        var tampered = token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..];

        await InvalidAsync("pageToken", new() { PageToken = tail.Length == 0 ? tampered : tail });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public Task A_page_has_1_to_100_products(int size) => InvalidAsync("pageSize", new() { PageSize = size });

    [Fact]
    public async Task All_errors_are_reported_at_once()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.Catalog.ListProductsAsync(new()
        {
            Query = new('키', 201), PageSize = 1_000, Sort = (ProductSort)17, CategoryId = "\0",
        }));

        Assert.Equal(["category", "pageSize", "query", "sort"], failure.FieldErrors().Keys.Order());
    }

    [Fact]
    public async Task The_longest_query_has_a_token_that_works()
    {
        var (query, name) = (new string('가', 200), new string('가', 100));
        await catalog.AddAsync(name, "Longest");
        await catalog.AddAsync(name, "Longest");

        var page = await catalog.Catalog.ListProductsAsync(new() { Query = query, PageSize = 1 });
        Assert.Single((await catalog.Catalog.ListProductsAsync(new() { PageToken = page.NextPageToken, PageSize = 1 })).Products);
    }

    private async Task<string> TokenAsync() => (await catalog.Catalog.ListProductsAsync(First)).NextPageToken;

    private async Task InvalidAsync(string field, ListProductsRequest request)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await catalog.Catalog.ListProductsAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal([field], failure.FieldErrors().Keys);
    }
}
