using Shop.Checker.Sources;
using Shop.Checker.Events;

namespace Shop.Checker;

/// <summary>The state of all sources: the services' databases, the provider's ledger, the topics and the clients' record.</summary>
public sealed record Evidence(
    ClientRecord Record, OrderData Orders, StockData Stock, PaymentData Payments, CouponData Coupons, ReviewData Reviews, IReadOnlyList<Charge> Charges, IReadOnlyList<Shipment> Shipments, NotificationData Notifications,
    IReadOnlyList<HistoryRow> History, IReadOnlyList<Saga> Sagas, EventLog Events)
{
    public static async Task<Evidence> CollectAsync(ShopDocument shop, ClientRecord record, CancellationToken cancel) => new(
        record,
        await OrderData.ReadAsync(shop.DatabaseOf("ordering"), cancel),
        await StockData.ReadAsync(shop.DatabaseOf("inventory"), shop.DatabaseOf("catalog"), cancel),
        await PaymentData.ReadAsync(shop.DatabaseOf("payments"), cancel),
        await CouponData.ReadAsync(shop.DatabaseOf("coupons"), cancel),
        await ReviewData.ReadAsync(shop.DatabaseOf("reviews"), shop.DatabaseOf("catalog"), cancel),
        await ProviderLedger.ReadAsync(shop.PaymentProvider, cancel),
        await ShippingData.ReadAsync(shop.DatabaseOf("shipping"), cancel),
        await NotificationData.ReadAsync(shop.DatabaseOf("notifications"), cancel),
        await HistoryData.ReadAsync(shop.DatabaseOf("order-history"), cancel),
        await SagaData.ReadAsync(shop, cancel),
        await EventLog.ReadAsync(shop, cancel));
}
