using Microsoft.EntityFrameworkCore;
using Shop.Basket.V1;
using Shop.Catalog.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Basket.Items;

/// <summary>Sets how many pieces of a product are in the basket. Catalog says whether it is sold.</summary>
internal sealed class PutItem(BasketDb db, CatalogService.CatalogServiceClient catalog)
{
    private const int MaxQuantity = 99;

    public async Task<PutItemResponse> HandleAsync(PutItemRequest request, Caller caller, CancellationToken cancel)
    {
        var check = new Check();
        var quantity = check.Range("quantity", request.Quantity, 1, MaxQuantity);
        check.ThrowIfAny();

        var id = Check.Uuid(request.ProductId) ?? throw new NotFoundException("No such product.");
        var answer = await catalog.GetProductsAsync(new() { ProductIds = { id.ToString() } }, cancellationToken: cancel);
        var product = answer.Products.SingleOrDefault() ?? throw new NotFoundException("No such product.");
        if (product.Discontinued)
            throw new RefusedException("discontinued", "The product is not sold any more.");

        return new() { Basket = (await PutAsync(caller.Member, id, quantity, cancel)).ToContract() };
    }

    /// <summary>Changes of one basket run one after the other, so none is lost.</summary>
    internal Task<MemberBasket> PutAsync(Guid member, Guid product, int quantity, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        await db.Database.ExecuteSqlAsync($"insert into baskets (member_id, version, entries) values ({member}, 0, '[]') on conflict (member_id) do nothing", token);
        var basket = (await db.LockAsync(member, token))!;
        basket.Put(product, quantity);
        return basket;
    }, cancel);
}
