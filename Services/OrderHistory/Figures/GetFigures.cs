using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Common.V1;
using Shop.OrderHistory.Orders;
using Shop.OrderHistory.V1;

namespace Shop.OrderHistory.Figures;

/// <summary>The last hour minute by minute, and today. Reads sums, never orders.</summary>
internal sealed class GetFigures(OrderHistoryDb db, TimeProvider clock)
{
    private const int Minutes = 60;
    private const string Currency = "KRW";

    private static readonly double[] Shares = [0.5, 0.95, 0.99];

    public async Task<GetFiguresResponse> HandleAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var last = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var first = last.AddMinutes(1 - Minutes);
        var today = DateOnly.FromDateTime(now.UtcDateTime);

        var sums = await db.MinuteFigures.Where(figure => figure.Minute >= first && figure.Minute <= last)
            .GroupBy(figure => new { figure.Minute, figure.Name })
            .Select(group => new { group.Key.Minute, group.Key.Name, Value = group.Sum(figure => figure.Value) }).ToListAsync(cancel);
        var day = await db.DayFigures.Where(figure => figure.Day == today)
            .GroupBy(figure => figure.Name).Select(group => new { Name = group.Key, Value = group.Sum(figure => figure.Value) }).ToListAsync(cancel);

        var byMinute = sums.ToLookup(sum => sum.Minute);
        var byName = sums.GroupBy(sum => sum.Name).ToDictionary(group => group.Key, group => group.Sum(sum => sum.Value));
        var answer = new GetFiguresResponse
        {
            Today = Of(day.ToDictionary(sum => sum.Name, sum => sum.Value)),
            PlacedToConfirmed = PercentilesOf(byName),
        };
        answer.Minutes.AddRange(Enumerable.Range(0, Minutes).Select(i => first.AddMinutes(i)).Select(minute => new MinuteFigures
        {
            Minute = minute.ToTimestamp(),
            Figures = Of(byMinute[minute].ToDictionary(sum => sum.Name, sum => sum.Value)),
        }));
        foreach (var (name, value) in byName)
        {
            if (FigureNames.ReasonOf(name) is { } reason)
                answer.RejectedBy[reason] = value;
        }

        return answer;
    }

    private static V1.Figures Of(Dictionary<string, long> sums) => new()
    {
        Placed = sums.GetValueOrDefault(FigureNames.Placed),
        Confirmed = sums.GetValueOrDefault(FigureNames.Confirmed),
        Rejected = sums.GetValueOrDefault(FigureNames.Rejected),
        Cancelled = sums.GetValueOrDefault(FigureNames.Cancelled),
        Revenue = new Money { Amount = sums.GetValueOrDefault(FigureNames.Revenue), Currency = Currency },
    };

    private static Percentiles? PercentilesOf(Dictionary<string, long> sums)
    {
        var buckets = sums.Where(sum => FigureNames.BucketOf(sum.Key) is not null).ToDictionary(sum => FigureNames.BucketOf(sum.Key)!.Value, sum => sum.Value);
        if (buckets.Count == 0)
            return null;

        var found = Array.ConvertAll(Shares, share => DurationBuckets.Percentile(buckets, share));
        return new() { P50 = found[0], P95 = found[1], P99 = found[2] };
    }
}
