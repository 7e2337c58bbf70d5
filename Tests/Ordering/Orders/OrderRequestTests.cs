using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Tests.Orders;

public sealed class OrderRequestTests
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

    [Fact]
    public void Two_lines_of_one_product_are_one_however_their_ids_are_written()
    {
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var request = WithLines((one.ToString(), 2), (two.ToString(), 1), (one.ToString().ToUpperInvariant(), 97));

        var wanted = OrderRequest.Of(request);

        Assert.Equal([(one, 99), (two, 1)], wanted.Items.Select(item => (item.ProductId, item.Quantity)));
        Assert.Equal([(one.ToString(), 99), (two.ToString(), 1)], wanted.ToContract().Lines.Select(line => (line.ProductId, line.Quantity)));
    }

    [Fact]
    public void Two_lines_that_are_too_many_together_are_an_error_of_the_second()
    {
        var one = Guid.CreateVersion7().ToString();

        Assert.Equal(["items[2].quantity"], Errors(WithLines((one, 98), (Guid.CreateVersion7().ToString(), 1), (one, 2))));
    }

    /// <summary>What the gateway sends for a body in which nothing is right; all that has a wrong type is empty.</summary>
    [Fact]
    public void Everything_that_is_wrong_is_reported_at_once()
    {
        var request = new PlaceOrderRequest
        {
            Lines = { new OrderLine(), new OrderLine { Quantity = 0 }, new OrderLine(), new OrderLine { ProductId = "0198", Quantity = int.MinValue } },
            CouponId = "abc",
            ShippingAddress = new() { Recipient = "\0", City = "   " },
            ValidateOnly = true,
        };

        Assert.Equal(
            [
                "couponId", "idempotencyKey",
                "items[0].productId", "items[0].quantity", "items[1].productId", "items[1].quantity", "items[2].productId", "items[2].quantity", "items[3].productId", "items[3].quantity",
                "paymentToken", "shippingAddress.city", "shippingAddress.country", "shippingAddress.line1", "shippingAddress.postalCode", "shippingAddress.recipient",
            ], Errors(request));
        Assert.Equal(["idempotencyKey", "items", "paymentToken", "shippingAddress"], Errors(new()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("한글")]
    [InlineData("tab\tbed")]
    public void A_key_that_is_none_is_refused(string key)
    {
        var request = Good();
        request.IdempotencyKey = key;

        Assert.Equal(["idempotencyKey"], Errors(request));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_key_has_at_most_255_characters(int length, bool isValid)
    {
        var request = Good();
        request.IdempotencyKey = new string('!', length);

        Assert.Equal(isValid ? [] : ["idempotencyKey"], Errors(request));
    }

    [Theory]
    [InlineData("recipient")]
    [InlineData("line1")]
    [InlineData("line2")]
    [InlineData("city")]
    [InlineData("postalCode")]
    [InlineData("country")]
    public void A_line_of_an_address_has_at_most_200_characters(string field)
    {
        foreach (var length in new[] { 200, 201 })
        {
            var request = Good();
            Set(request.ShippingAddress, field, new string('가', length));

            Assert.Equal(length == 200 ? [] : [$"shippingAddress.{field}"], Errors(request));
        }
    }

    public static TheoryData<string> Unseen => ["\u200B", "\u3164\u3164", "\u2800", "\u202E\u202C", "\u115F", "\u00AD", "\uFEFF", "\u3000"];

    [Theory, MemberData(nameof(Unseen))]
    public void Every_line_of_an_address_is_something_that_can_be_seen(string unseen)
    {
        var request = Good();
        request.PaymentToken = unseen;
        foreach (var field in Fields)
            Set(request.ShippingAddress, field, unseen);

        Assert.Equal(["paymentToken", .. Fields.Order(StringComparer.Ordinal).Select(field => $"shippingAddress.{field}")], Errors(request));
    }

    [Theory]
    [InlineData(0, "KRW", "")]
    [InlineData(long.MaxValue, "KRW", "")]
    [InlineData(-1, "EUR", "expectedTotal.amount expectedTotal.currency")]
    [InlineData(1, "", "expectedTotal.currency")]
    [InlineData(1, "krw", "expectedTotal.currency")]
    public void An_expected_total_is_won_and_not_negative(long amount, string currency, string fields)
    {
        var request = Good();
        request.ExpectedTotal = new() { Amount = amount, Currency = currency };

        Assert.Equal(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries), Errors(request));
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

    private static readonly string[] Fields = ["recipient", "line1", "line2", "city", "postalCode", "country"];

    private static void Set(ShippingAddress address, string field, string text) =>
        ShippingAddress.Descriptor.Fields.InDeclarationOrder().Single(known => known.JsonName == field).Accessor.SetValue(address, text);

    private static string[] Errors(PlaceOrderRequest request)
    {
        try
        {
            OrderRequest.Of(request);
            return [];
        }
        catch (InvalidException failure)
        {
            Assert.All(failure.Errors.Values, messages => Assert.Single(messages));
            return [.. failure.Errors.Keys.Order(StringComparer.Ordinal)];
        }
    }

    private static PlaceOrderRequest WithLines(params (string Product, int Quantity)[] lines)
    {
        var request = Good();
        request.Lines.Clear();
        request.Lines.AddRange(lines.Select(line => new OrderLine { ProductId = line.Product, Quantity = line.Quantity }));
        return request;
    }

    private static PlaceOrderRequest Good() => new()
    {
        IdempotencyKey = "key-1",
        Lines = { new OrderLine { ProductId = Keyboard, Quantity = 2 } },
        PaymentToken = "tok_ok",
        ShippingAddress = new() { Recipient = "김하나", Line1 = "세종대로 110", City = "서울", PostalCode = "04524", Country = "KR" },
    };
}
