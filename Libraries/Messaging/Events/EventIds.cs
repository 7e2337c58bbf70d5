using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shop.Messaging.Events;

/// <summary>
/// UUIDv7 (RFC 9562, method 1: a counter in rand_a) that grows strictly within a process, even within one millisecond or when the clock steps back:
/// EF inserts the rows of a batch in key order, which must be the order of publication.
/// </summary>
internal sealed class EventIds(TimeProvider clock)
{
    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly Lock _gate = new();
    private long _last;   // milliseconds << 12 | counter

    public Guid Next()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() << 12;
        long stamp;
        lock (_gate)
            stamp = _last = Math.Max(now, _last + 1);   // a counter that overflows borrows the next millisecond

        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (stamp >> 12 << 16) | 0x7000 | (stamp & 0xfff));
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>When <see cref="Next"/> generated an id, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16);
    }

    /// <summary>The same for an id from elsewhere; null: it is no UUIDv7, or its time is out of range.</summary>
    public static DateTimeOffset? TryTimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var time = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> 16;
        return bytes[6] >> 4 == 7 && time <= LastTime ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>The lowest id of an instant.</summary>
    public static Guid FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
