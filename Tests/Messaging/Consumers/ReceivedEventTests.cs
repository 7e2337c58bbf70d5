using System.Text;
using Confluent.Kafka;
using Shop.Messaging.Events;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>Reading a record never throws, and what is read can be stored.</summary>
public sealed class ReceivedEventTests
{
    private static readonly DateTimeOffset Written = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    [InlineData("f47ac10b-58cc-4372-a567-0e02b2c3d479")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void An_id_that_tells_no_time_leaves_it_to_the_record(string id) =>
        Assert.Equal(Written, Read(RawRecords.Deposited("a").With("ce_id", Encoding.UTF8.GetBytes(id)).With("ce_time", null))!.Context.Time);

    [Fact]
    public void An_id_that_tells_its_time_does_where_the_event_says_none() =>
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero),
            Read(RawRecords.Deposited("a").With("ce_id", Encoding.UTF8.GetBytes(Guid.CreateVersion7(new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero)).ToString())).With("ce_time", null))!.Context.Time);

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void A_timestamp_out_of_every_calendar_is_read(long milliseconds) =>
        Assert.NotNull(Read(RawRecords.Deposited("a").With("ce_id", "f47ac10b-58cc-4372-a567-0e02b2c3d479"u8.ToArray()).With("ce_time", null), new(milliseconds, TimestampType.CreateTime)));

    [Fact]
    public void Any_bytes_anywhere_are_read_and_can_be_stored()
    {
        var random = new Random(15);
        string[] names = ["ce_id", "ce_type", "ce_source", "ce_time", "traceparent", "tracestate"];
        for (var i = 0; i < 20_000; i++)
        {
            var record = RawRecords.Deposited("a");
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            record.With(names[i % names.Length], bytes);
            record.Key = [.. bytes, .. new byte[random.Next(3) * 900]];
            if (i % 7 == 0)
            {
                byte[] id = [.. bytes, .. new byte[16]];
                record.With("ce_id", Encoding.UTF8.GetBytes(new Guid(id.AsSpan(0, 16)).ToString())).With("ce_time", null);
            }

            if (Read(record) is not { } received)
                continue;
            Assert.InRange(Encoding.UTF8.GetByteCount(received.Context.Key), 0, StoredText.LongestKey);
            string?[] texts = [received.Context.Key, received.Context.Source, received.TraceParent, received.TraceState];
            Assert.DoesNotContain(texts, text => text?.Contains('\0') == true);
            Assert.All(texts, text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text ?? ""));
        }
    }

    [Fact]
    public void A_record_without_headers_value_or_key_is_read()
    {
        Assert.Null(ReceivedEvent.From(Record(new() { Key = null!, Value = null! }, default)));
        var received = Read(new() { Key = null!, Value = null!, Headers = RawRecords.Deposited("a").Headers })!;
        Assert.Equal(("", 0), (received.Context.Key, received.Payload.Length));
    }

    [Fact]
    public void A_header_without_a_value_is_read()
    {
        var record = RawRecords.Deposited("a");
        record.Headers.Add("ce_source", null);
        record.Headers.Add("ce_time", null);
        Assert.Equal("", Read(record)!.Context.Source);
    }

    [Theory]
    [InlineData("ab\ud83d\ude00", 3, "ab… [4 characters]")]
    [InlineData("a\0b", 9, "a\ufffdb")]
    [InlineData("abc", 3, "abc")]
    public void Text_is_cut_between_characters_and_says_so(string text, int longest, string stored) => Assert.Equal(stored, StoredText.Cut(text, longest));

    // Not an argument of the theory above: the runner would change it.
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("ab\ufffd", StoredText.Cut("ab\ud800", 9));

    private static ReceivedEvent? Read(Message<byte[], byte[]> message, Timestamp? timestamp = null) =>
        ReceivedEvent.From(Record(message, timestamp ?? new(Written.ToUnixTimeMilliseconds(), TimestampType.CreateTime)));

    private static ConsumeResult<byte[], byte[]> Record(Message<byte[], byte[]> message, Timestamp timestamp)
    {
        message.Timestamp = timestamp;
        return new() { Topic = RawRecords.Topic, Partition = 0, Offset = 0, Message = message };
    }
}
