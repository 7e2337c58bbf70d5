using Confluent.Kafka;
using Google.Protobuf;
using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>Kinds of records that once blocked their partition, by their defect. Each has its own account, and can be handled.</summary>
internal static class BadRecords
{
    public static readonly IReadOnlyList<(string Name, Action<Message<byte[], byte[]>> Spoil)> Kinds =
    [
        ("NUL in the source", record => record.With("ce_source", "/shop\0/x"u8.ToArray())),
        ("NUL in the trace", record => record.With("traceparent", "00-\0\0"u8.ToArray())),
        ("NUL behind the trace", record => record.With("traceparent", "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\0"u8.ToArray())),
        ("NUL in the trace's state", record => record.With("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8.ToArray()).With("tracestate", "a=\0"u8.ToArray())),
        ("garbage for a trace", record => record.With("traceparent", [0xff, 0xfe, 0x00, 0x80])),
        ("NUL in the key", record => record.Key = [.. record.Key, 0, 1]),
        ("key that is no UTF-8", record => record.Key = [.. record.Key, 0xff, 0xc0, 0xed, 0xa0, 0x80]),
        ("key of 8 kB", record => record.Key = [.. record.Key, .. Noise(8_000)]),
        ("key of 300 kB", record => record.Key = [.. record.Key, .. Noise(300_000)]),
        ("no key", record => record.Key = null!),
        ("payload of 600 kB", record => Inflate(record, 600_000)),
        ("payload of 950 kB", record => Inflate(record, 950_000)),
        ("source of 200 kB", record => record.With("ce_source", Noise(200_000))),
        ("source that is no UTF-8", record => record.With("ce_source", [0xff, 0xc0])),
        ("id of ones, no time", record => record.With("ce_id", "ffffffff-ffff-ffff-ffff-ffffffffffff"u8.ToArray()).With("ce_time", null)),
        ("UUIDv4 of a far year, no time", record => record.With("ce_id", "f47ac10b-58cc-4372-a567-0e02b2c3d479"u8.ToArray()).With("ce_time", null)),
        ("UUIDv7 of a far year, no time", record => record.With("ce_id", "ffffffff-58cc-7372-a567-0e02b2c3d479"u8.ToArray()).With("ce_time", null)),
        ("time that is none", record => record.With("ce_time", "0001-01-01T00:00:00+14:00\0"u8.ToArray())),
        ("last time there is", record => record.With("ce_time", "9999-12-31T23:59:59.9999999Z"u8.ToArray())),
    ];

    /// <summary>Random letters, which do not compress below an index's limit.</summary>
    public static byte[] Noise(int count)
    {
        var noise = new byte[count];
        new Random(1).NextBytes(noise);
        for (var i = 0; i < count; i++)
            noise[i] = (byte)('A' + noise[i] % 58);
        return noise;
    }

    private static void Inflate(Message<byte[], byte[]> record, int size)
    {
        var @event = Deposited.Parser.ParseFrom(record.Value);
        @event.Ballast = ByteString.CopyFrom(Noise(size));
        record.Value = @event.ToByteArray();
    }
}
