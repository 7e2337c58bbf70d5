using Grpc.Core;
using Shop.Catalog.V1;
using static Shop.Catalog.V1.CatalogService;

namespace Shop.Ordering.Tests.Running;

/// <summary>Knows every product, at one price, until a test says otherwise.</summary>
public sealed class FakeCatalog : CatalogServiceClient
{
    public long Price { get; set; } = 129_900;

    public string Name { get; set; } = "무선 기계식 키보드";

    public bool IsDiscontinued { get; set; }

    /// <summary>One from before it told them does not.</summary>
    public bool HasBothNames { get; set; } = true;

    public bool IsEmpty { get; set; }

    public bool IsAway { get; set; }

    /// <summary>What happens, once, while Catalog is asked the next time.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public override AsyncUnaryCall<GetProductsResponse> GetProductsAsync(
        GetProductsRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
    {
        return new(AnswerAsync(request), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    private async Task<GetProductsResponse> AnswerAsync(GetProductsRequest request)
    {
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }
        if (IsAway)
            throw new RpcException(new(StatusCode.Unavailable, "away"));
        return IsEmpty ? new() : new() { Products = { request.ProductIds.Select(Product) } };
    }

    private Product Product(string id) => new()
    {
        Id = id, Name = Name, Names = HasBothNames ? new() { Ko = Name, En = "Wireless Keyboard" } : null, Price = new() { Amount = Price, Currency = "KRW" }, Discontinued = IsDiscontinued,
    };
}
