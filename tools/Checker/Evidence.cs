using Shop.Checker.Books;
using Shop.Checker.Events;

namespace Shop.Checker;

/// <summary>All that was found written down: in the services' databases, at the provider, on the topics and with the clients.</summary>
public sealed record Evidence(
    ClientRecord Record, OrderBooks Orders, StockBooks Stock, PaymentBooks Payments, CouponBooks Coupons, IReadOnlyList<Charge> Charges, IReadOnlyList<Shipment> Shipments, IReadOnlyList<Saga> Sagas, EventLog Events)
{
    public static async Task<Evidence> GatherAsync(ShopDocument shop, ClientRecord record, CancellationToken cancel) => new(
        record,
        await OrderBooks.ReadAsync(shop.DatabaseOf("ordering"), cancel),
        await StockBooks.ReadAsync(shop.DatabaseOf("inventory"), shop.DatabaseOf("catalog"), cancel),
        await PaymentBooks.ReadAsync(shop.DatabaseOf("payments"), cancel),
        await CouponBooks.ReadAsync(shop.DatabaseOf("coupons"), cancel),
        await ProviderLedger.ReadAsync(shop.PaymentProvider, cancel),
        await ShippingBooks.ReadAsync(shop.DatabaseOf("shipping"), cancel),
        await SagaBooks.ReadAsync(shop, cancel),
        await EventLog.ReadAsync(shop, cancel));
}
