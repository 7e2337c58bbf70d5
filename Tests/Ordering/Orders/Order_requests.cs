using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;

namespace Shop.Ordering.Tests.Orders;

public sealed class Order_requests
{
    private static readonly string Keyboard = Guid.CreateVersion7().ToString();

    [Fact]
    public void Two_lines_of_one_product_are_merged()
    {
        var request = Good();
        request.Lines.Add(new OrderLine { ProductId = Keyboard, Quantity = 3 });

        var item = Assert.Single(OrderRequest.Of(request).Items);

        Assert.Equal((Guid.Parse(Keyboard), 5), (item.ProductId, item.Quantity));
    }

    [Fact]
    public void Every_bad_field_is_named_at_once()
    {
        var request = Good();
        request.IdempotencyKey = "with space";
        request.Lines[0].Quantity = 0;
        request.Lines.Add(new OrderLine { ProductId = "no id", Quantity = 100 });
        request.PaymentToken = "";
        request.ShippingAddress.Country = new string('k', 201);
        request.ShippingAddress.City = "a\0b";

        var errors = Assert.Throws<InvalidException>(() => OrderRequest.Of(request)).Errors.Keys.Order();

        Assert.Equal(
            ["idempotencyKey", "items[0].quantity", "items[1].productId", "items[1].quantity", "paymentToken", "shippingAddress.city", "shippingAddress.country"],
            errors);
    }

    [Fact]
    public void Merged_lines_may_not_add_up_to_more_than_one_line_may_have()
    {
        var request = Good();
        request.Lines.Add(new OrderLine { ProductId = Keyboard, Quantity = 98 });

        Assert.Equal(["items[1].quantity"], Assert.Throws<InvalidException>(() => OrderRequest.Of(request)).Errors.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public void An_order_has_1_to_50_lines(int lines)
    {
        var request = Good();
        request.Lines.Clear();
        request.Lines.AddRange(Enumerable.Range(0, lines).Select(_ => new OrderLine { ProductId = Guid.CreateVersion7().ToString(), Quantity = 1 }));

        Assert.Equal(["items"], Assert.Throws<InvalidException>(() => OrderRequest.Of(request)).Errors.Keys);
    }

    private static PlaceOrderRequest Good() => new()
    {
        IdempotencyKey = "key-1",
        Lines = { new OrderLine { ProductId = Keyboard, Quantity = 2 } },
        PaymentToken = "tok_ok",
        ShippingAddress = new() { Recipient = "김하나", Line1 = "세종대로 110", City = "서울", PostalCode = "04524", Country = "KR" },
    };
}
