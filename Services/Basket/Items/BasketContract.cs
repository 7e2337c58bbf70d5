namespace Shop.Basket.Items;

/// <summary>A basket in the words of its contract.</summary>
internal static class BasketContract
{
    /// <param name="basket">Null: the member has never put anything in.</param>
    public static V1.Basket ToContract(this MemberBasket? basket)
    {
        var contract = new V1.Basket { Version = basket?.Version ?? 0 };
        foreach (var (product, quantity) in basket?.Items ?? [])
            contract.Items.Add(new V1.BasketItem { ProductId = product.ToString(), Quantity = quantity });
        return contract;
    }
}
