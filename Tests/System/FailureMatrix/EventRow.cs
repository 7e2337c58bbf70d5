using Google.Protobuf.Reflection;
using Shop.Coupons.V1;
using Shop.Events.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Reviews.V1;
using Shop.Inventory.V1;
using Shop.Members.V1;
using Shop.Catalog.V1;
using Shop.Shipping.V1;

namespace Shop.SystemTests.FailureMatrix;

/// <summary>An event of the contract, and whether an order causes it.</summary>
/// <param name="NotOfOrders">Why it is not in the matrix; null: it is.</param>
internal sealed record EventRow(string Event, string Topic, string? NotOfOrders)
{
    private const string OfMembers = "A sign-up causes it, no order: `Tests/Coupons`, *Two_events_of_one_member_make_one_coupon*; `Tests/Notifications`, *What_is_delivered_again_and_in_another_order_makes_one_notification_and_one_mail*.";
    private const string OfNewProducts = "An operator causes it, no order: `Tests/Inventory`, *A_stock_row_is_created_once*.";

    private const string OfProducts = "An operator causes it, no order, and no service handles it.";

    private const string OfReviews = "A review causes it, no order: `Tests/Catalog`, *Events_in_any_order_and_twice_end_with_the_newest_rating*.";

    private const string OfPaymentsThatWait = "Only a payment that waits for the provider or was never authorised causes it: `Tests/Payments`, *A_payment_that_waits_for_the_provider_is_told_with_its_attempts*; `Tests/OrderHistory`, *Events_in_any_order_and_any_number_end_in_the_same_row*.";

    private static readonly Dictionary<string, string?> Table = new()
    {
        [nameof(OrderPlaced)] = null,
        [nameof(OrderConfirmed)] = null,
        [nameof(OrderRejected)] = null,
        [nameof(OrderCancelled)] = null,
        [nameof(OrderDelivered)] = null,
        [nameof(OrderChanged)] = null,
        [nameof(PaymentAuthorised)] = null,
        [nameof(PaymentCaptured)] = null,
        [nameof(PaymentVoided)] = null,
        [nameof(PaymentRefunded)] = null,
        [nameof(PaymentDeclined)] = null,
        [nameof(PaymentChanged)] = OfPaymentsThatWait,
        [nameof(ShipmentCreated)] = null,
        [nameof(ShipmentDispatched)] = null,
        [nameof(ShipmentDelivered)] = null,
        [nameof(ShipmentFailed)] = null,
        [nameof(ShipmentCalledOff)] = null,
        [nameof(CouponRedeemed)] = null,
        [nameof(CouponRestored)] = null,
        [nameof(StockChanged)] = null,
        [nameof(SoldOut)] = null,
        [nameof(BackInStock)] = null,
        [nameof(MemberRegistered)] = OfMembers,
        [nameof(CouponIssued)] = OfMembers,
        [nameof(ProductAdded)] = OfNewProducts,
        [nameof(ProductChanged)] = OfProducts,
        [nameof(ProductDiscontinued)] = OfProducts,
        [nameof(RatingChanged)] = OfReviews,
    };

    public static IReadOnlyList<EventRow> All { get; } = RowsOf(Contract());

    /// <summary>Every message of the contracts that has a topic.</summary>
    public static IReadOnlyList<(string Event, string Topic)> Contract() =>
    [
        .. from type in typeof(OrderPlaced).Assembly.GetTypes()
           where type.Name.EndsWith("Reflection", StringComparison.Ordinal)
           select (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)! into file
           from message in file.MessageTypes
           let topic = message.GetOptions()?.GetExtension(OptionsExtensions.Topic)
           where !string.IsNullOrEmpty(topic)
           orderby topic
           select (message.Name, topic),
    ];

    /// <exception cref="InvalidOperationException">The table and the contracts differ.</exception>
    public static IReadOnlyList<EventRow> RowsOf(IReadOnlyList<(string Event, string Topic)> contract)
    {
        var names = contract.Select(row => row.Event).ToList();
        var differences = names.Except(Table.Keys).Select(name => $"the event {name} has no row in the table")
            .Concat(Table.Keys.Except(names).Select(name => $"{name} is in the table, but in no contract")).ToList();
        return differences.Count > 0
            ? throw new InvalidOperationException($"The failure matrix (Tests/System/FailureMatrix/EventRow.cs): {string.Join("; ", differences)}.")
            : [.. contract.Select(row => new EventRow(row.Event, row.Topic, Table[row.Event]))];
    }
}
