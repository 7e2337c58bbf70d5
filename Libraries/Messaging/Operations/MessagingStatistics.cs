using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Outbox;
using Shop.Messaging.Telemetry;
using Shop.Persistence;
using Shop.Persistence.Workers;

namespace Shop.Messaging.Operations;

/// <summary>
/// Metrics read from the database at an interval. One replica (the owner of the first shard) reports them for the service: reported by each they would be added up.
/// </summary>
internal sealed partial class MessagingStatistics(
    NpgsqlDataSource source, OutboxStatistics outbox, ShardLeases leases, DatabaseReadiness readiness, ILogger<MessagingStatistics> logger) : Worker
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private volatile OutboxStatus? _outbox;
    private volatile IReadOnlyList<Measurement<long>> _parked = [];

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        var meter = MessagingTelemetry.Meter;
        meter.CreateObservableGauge("shop.outbox.backlog", () => Shards(shard => shard.Backlog), "{event}", "Committed events that are not published yet.");
        meter.CreateObservableGauge("shop.outbox.age", () => Shards(shard => shard.Age.TotalSeconds), "s", "Age of the oldest event that is not published yet.");
        meter.CreateObservableGauge("shop.outbox.horizon.age", () => _outbox is { } status ? [new Measurement<double>(status.HorizonAge.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s", "Age of the oldest transaction still running: how far back the relay looks.");
        meter.CreateObservableGauge("shop.consumer.dead_letters", () => _parked, "{event}", "Events that are parked now.");

        while (true)
        {
            try
            {
                await SampleAsync(stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogFailed(failure.Message);
            }
            // The reporting replica may change: checking for that is free, so it is done more often.
            await Task.Delay(_outbox is null ? TimeSpan.FromSeconds(5) : Interval, stopping);
        }
    }

    private async Task SampleAsync(CancellationToken cancel)
    {
        if ((leases.Owned & 1) == 0)
        {
            (_outbox, _parked) = (null, []);
            return;
        }
        _outbox = await outbox.ReadAsync(cancel);
        _parked = await CountAsync("select consumer, count(*) from messaging.dead_letter where status = 'parked' group by consumer", ["parked"], "consumer", cancel);
    }

    private async Task<IReadOnlyList<Measurement<long>>> CountAsync(string sql, string[] states, string tag, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        var measurements = new List<Measurement<long>>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < states.Length; i++)
                measurements.Add(new(reader.GetInt64(i + 1), new(tag, reader.GetString(0)), new("state", states[i])));
        }
        return measurements;
    }

    private IEnumerable<Measurement<T>> Shards<T>(Func<ShardStatus, T> value) where T : struct =>
        _outbox?.Shards.Select(shard => new Measurement<T>(value(shard), new KeyValuePair<string, object?>("shard", shard.Shard))) ?? [];

    [LoggerMessage(LogLevel.Warning, "Messaging metrics could not be read: {Reason}")]
    private partial void LogFailed(string reason);
}
