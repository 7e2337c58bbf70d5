using Shop.Coupons.V1;
using Shop.Inventory.V1;
using Shop.Ordering.Checkout;
using Shop.Ordering.Orders;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Ordering;

internal static class WarmUp
{
    public static void AddOrderingWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddRehearsal<OrderingDb>("an order", async (services, cancel) =>
        {
            var place = services.GetRequiredService<PlaceOrder>();
            var member = Caller.OfMember(Guid.CreateVersion7());
            try
            {
                await place.HandleAsync(Something(), member, cancel);
            }
            catch (RefusedException)
            {
                // There is no such product: that is how far it gets without one.
            }
            var product = new Line { ProductId = Guid.CreateVersion7(), Name = "", NameEn = "", Quantity = 1, UnitPrice = 1 };
            await place.KeepAsync(OrderRequest.Of(Something()), member.Member, new([product], "KRW"), cancel);
        });
        builder.AddWarmUp("the checkout's calls", (services, cancel) => Task.WhenAll(
            Refused.AsExpectedAsync(services.GetRequiredService<InventoryService.InventoryServiceClient>().ReserveAsync(new(), cancellationToken: cancel)),
            Refused.AsExpectedAsync(services.GetRequiredService<CouponsService.CouponsServiceClient>().ReserveAsync(new(), cancellationToken: cancel)),
            Refused.AsExpectedAsync(services.GetRequiredService<PaymentsService.PaymentsServiceClient>().AuthoriseAsync(new(), cancellationToken: cancel))));
    }

    private static PlaceOrderRequest Something() => new()
    {
        IdempotencyKey = Guid.CreateVersion7().ToString(),
        Lines = { new OrderLine { ProductId = Guid.CreateVersion7().ToString(), Quantity = 1 } },
        PaymentToken = "none",
        ShippingAddress = new() { Recipient = "-", Line1 = "-", City = "-", PostalCode = "-", Country = "-" },
    };
}
