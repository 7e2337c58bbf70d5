using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Shop.Coupons.V1;
using Shop.Events.V1;
using Shop.Members.V1;
using Shop.Ordering.V1;
using Shop.Payments.V1;
using Shop.Shipping.V1;
using Shop.Testing;

namespace Shop.Notifications.Tests.Running;

/// <summary>What the other services publish, put on their topics by a test, as often as it likes.</summary>
public sealed class ShopEvents(KafkaBroker broker) : IDisposable
{
    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = broker.BootstrapServers, LingerMs = 5 })
        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <param name="id">The same one is the same event delivered again.</param>
    public Task PublishAsync(IMessage message, Guid? id = null)
    {
        var options = message.Descriptor.GetOptions();
        var key = (string)message.Descriptor.FindFieldByName(options.GetExtension(OptionsExtensions.Key)).Accessor.GetValue(message);
        return _producer.ProduceAsync(options.GetExtension(OptionsExtensions.Topic), new()
        {
            Key = key,
            Value = message.ToByteArray(),
            Headers = new()
            {
                { "ce_specversion", "1.0"u8.ToArray() }, { "ce_id", Encoding.UTF8.GetBytes((id ?? Guid.CreateVersion7()).ToString()) },
                { "ce_type", Encoding.UTF8.GetBytes(message.Descriptor.FullName) }, { "ce_source", "/shop/test"u8.ToArray() }, { "ce_time", "2026-01-01T00:00:00.000Z"u8.ToArray() },
            },
        });
    }

    public static string AddressOf(Guid member) => $"{member:N}@example.com";

    public static MemberRegistered Registered(Guid member, string language = "ko", string name = "김하나", string? email = null) => new()
    {
        MemberId = member.ToString(), Name = name, Language = language, RegisteredAt = Now, Email = email ?? AddressOf(member),
    };

    public static CouponIssued Issued(Guid member, Guid coupon) => new()
    {
        CouponId = coupon.ToString(), MemberId = member.ToString(), Campaign = "welcome", IssuedAt = Now,
        Coupon = new() { CouponId = coupon.ToString(), Name = new() { Ko = "가입 축하 쿠폰", En = "Welcome coupon" }, Percent = 10, ExpiresAt = Now, Status = "usable" },
    };

    public static OrderConfirmed Confirmed(Guid member, Guid order, long total = 259_800) => new()
    {
        OrderId = order.ToString(), MemberId = member.ToString(), Total = new() { Amount = total, Currency = "KRW" }, ConfirmedAt = Now,
    };

    public static OrderRejected Rejected(Guid member, Guid order) => new() { OrderId = order.ToString(), MemberId = member.ToString(), Reason = "out_of_stock", RejectedAt = Now };

    public static OrderDelivered Delivered(Guid member, Guid order) => new() { OrderId = order.ToString(), MemberId = member.ToString(), DeliveredAt = Now };

    public static OrderCancelled Cancelled(Guid member, Guid order) => new()
    {
        OrderId = order.ToString(), MemberId = member.ToString(), Reason = "cancelled_by_member", Total = new() { Amount = 259_800, Currency = "KRW" }, CancelledAt = Now,
    };

    public static ShipmentDispatched Dispatched(Guid member, Guid order) => new()
    {
        ShipmentId = Guid.CreateVersion7().ToString(), OrderId = order.ToString(), MemberId = member.ToString(), TrackingNumber = "4T2K9M0QXW7B5ZRC", DispatchedAt = Now,
    };

    /// <param name="sum">Refunded of the order by then; null: an event from before it had that.</param>
    public static PaymentRefunded Refunded(Guid member, Guid order, long amount = 259_800, long? sum = null) => new()
    {
        OrderId = order.ToString(), MemberId = member.ToString(), Amount = new() { Amount = amount, Currency = "KRW" }, At = Now,
        State = sum is { } refunded ? new() { Refunded = new() { Amount = refunded, Currency = "KRW" } } : null,
    };

    /// <summary>Everything that can happen to an order, in the order in which it could.</summary>
    public static IReadOnlyList<IMessage> AllOf(Guid member, Guid order) =>
        [Confirmed(member, order), Rejected(member, order), Dispatched(member, order), Delivered(member, order), Cancelled(member, order), Refunded(member, order)];

    public void Dispose() => _producer.Dispose();

    private static Google.Protobuf.WellKnownTypes.Timestamp Now => TimeProvider.System.GetUtcNow().ToTimestamp();
}
