using System.Buffers.Binary;
using System.Security.Cryptography;
using Shop.Payments.V1;

namespace Shop.Notifications.Events;

/// <summary>
/// What a notification of a refund is about: the order, and for each further refund of the same order an id that is made from the order and the sum refunded by then. That sum only
/// grows, so refunds differ, and copies of one event do not.
/// </summary>
internal static class RefundSubject
{
    public static Guid Of(Guid order, PaymentRefunded refund)
    {
        // Events from before payments had a state are of whole refunds.
        var sum = refund.State?.Refunded?.Amount ?? refund.Amount.Amount;
        return sum == refund.Amount.Amount ? order : Derived(order, sum);
    }

    private static Guid Derived(Guid order, long sum)
    {
        Span<byte> name = stackalloc byte[24];
        order.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[16..], sum);
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, id);
        // UUIDv8: a version and a variant, the rest is ours.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new(id[..16], bigEndian: true);
    }
}
