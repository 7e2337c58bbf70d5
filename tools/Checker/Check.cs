using System.Net.Sockets;
using Confluent.Kafka;
using Npgsql;

namespace Shop.Checker;

/// <summary>Reads all sources and checks the invariants.</summary>
public static class Check
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The invariants hold once no work is pending. While they do not, it repeats the check, until <paramref name="within"/> is over.
    /// </summary>
    /// <exception cref="CannotCheckException">A source could still not be read at the end of that time.</exception>
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
        var evidence = await Evidence.CollectAsync(shop, record, cancel);
        return new([.. Invariants.All.Select(invariant => new Finding(invariant.Promise, [.. invariant.Violations(evidence)]))]);
    }
}
