using System.Net.Sockets;
using Confluent.Kafka;
using Npgsql;

namespace Shop.Checker;

/// <summary>Reads everything and holds it against what the shop promises.</summary>
public static class Check
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Once nothing moves any more the promises hold. While they do not, it reads again, as long as told: work may be under way.
    /// </summary>
    /// <exception cref="CannotCheckException">To the end of that time something could not be read.</exception>
    public static async Task<Report> AtRestAsync(ShopDocument shop, ClientRecord record, TimeSpan within, CancellationToken cancel)
    {
        var deadline = TimeProvider.System.GetUtcNow() + within;
        while (true)
        {
            var last = TimeProvider.System.GetUtcNow() >= deadline;
            try
            {
                var report = await NowAsync(shop, record, cancel);
                if (report.IsOk || last)
                    return report;
            }
            catch (Exception failure) when (failure is NpgsqlException or HttpRequestException or KafkaException or SocketException or TaskCanceledException)
            {
                cancel.ThrowIfCancellationRequested();
                if (last)
                    throw new CannotCheckException(failure.Message, failure);
            }

            await Task.Delay(Pause, cancel);
        }
    }

    public static async Task<Report> NowAsync(ShopDocument shop, ClientRecord record, CancellationToken cancel)
    {
        var evidence = await Evidence.GatherAsync(shop, record, cancel);
        return new([.. Invariants.All.Select(invariant => new Finding(invariant.Promise, [.. invariant.Violations(evidence)]))]);
    }
}
