using Shop.Console.Actions;

namespace Shop.Console.Products;

/// <summary>A product is not sold any more.</summary>
internal static class DiscontinueProduct
{
    public static OperatorAction Action { get; } = new("product.discontinue", _ => "/products", async (request, cancel) =>
    {
        await request.PostAsync($"/api/v1/ops/products/{request.Id}/discontinue", null, cancel);
        return ActionOutcome.Done;
    })
    { Describe = DescribeAsync, IsDangerous = true };

    private static async Task<IReadOnlyList<Fact>> DescribeAsync(ActionRequest request, CancellationToken cancel)
    {
        var product = await request.Services.GetRequiredService<ProductCalls>().GetAsync(request.Id!.Value, cancel);
        return [new("product", $"{product.NameKo}\n{product.NameEn}"), new("product.id", $"{request.Id}")];
    }
}
