using Shop.OrderHistory.Orders;
using Shop.OrderHistory.Tests.Running;

namespace Shop.OrderHistory.Tests.Figures;

public sealed class FiguresTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    [Fact]
    public async Task The_last_hour_is_told_minute_by_minute_and_today_as_a_whole()
    {
        var now = TimeProvider.System.GetUtcNow();
        var minute = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(-10);
        await history.First.HandleAsync([.. Life.Delivered(placedAt: minute).Events, .. Life.Cancelled(placedAt: minute).Events, .. Life.Rejected(placedAt: minute).Events, .. Life.Rejected(placedAt: minute.AddHours(-2)).Events]);

        var figures = await history.AsOperator.GetFiguresAsync(new());

        Assert.Equal(60, figures.Minutes.Count);
        Assert.Equal(figures.Minutes.Select(m => m.Minute.ToDateTimeOffset()).Order(), figures.Minutes.Select(m => m.Minute.ToDateTimeOffset()));
        var of = figures.Minutes.Single(m => m.Minute.ToDateTimeOffset() == minute).Figures;
        Assert.Equal((3, 2, 1, 1, 3600, "KRW"), (of.Placed, of.Confirmed, of.Rejected, of.Cancelled, of.Revenue.Amount, of.Revenue.Currency));
        Assert.Equal(3, figures.Minutes.Sum(m => m.Figures.Placed));
        Assert.Equal(1, figures.RejectedBy["payment_declined"]);
        // Confirmed 3 s after it was placed.
        Assert.InRange(figures.PlacedToConfirmed.P50, 2_600, 3_400);
        Assert.InRange(figures.PlacedToConfirmed.P99, 2_600, 3_400);
        if (minute.AddHours(-2).Date == now.Date)
            Assert.Equal((4, 2), (figures.Today.Placed, figures.Today.Rejected));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(950)]
    [InlineData(61_000)]
    [InlineData(1_000_000_000)]
    public void A_percentile_is_within_a_bucket_of_the_durations(long milliseconds)
    {
        var counts = new Dictionary<int, long> { [DurationBuckets.Of(TimeSpan.FromMilliseconds(milliseconds))] = 10 };

        // What takes more than a day is counted as a day.
        var expected = Math.Min(milliseconds, 100_000_000);
        Assert.InRange(DurationBuckets.Percentile(counts, 0.5), expected * 0.88 - 1, expected * 1.13 + 1);
    }

    [Fact]
    public void The_ninety_fifth_percentile_is_above_nineteen_of_twenty()
    {
        var counts = Enumerable.Range(1, 100).GroupBy(i => DurationBuckets.Of(TimeSpan.FromMilliseconds(i * 10))).ToDictionary(bucket => bucket.Key, bucket => (long)bucket.Count());

        Assert.InRange(DurationBuckets.Percentile(counts, 0.5), 440, 570);
        Assert.InRange(DurationBuckets.Percentile(counts, 0.95), 840, 1_070);
    }
}
