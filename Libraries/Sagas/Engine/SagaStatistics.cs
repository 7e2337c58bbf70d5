using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Persistence;
using Shop.Persistence.Replicas;
using Shop.Persistence.Workers;
using Shop.Sagas.Telemetry;

namespace Shop.Sagas.Engine;

/// <summary>The number of sagas that have not ended, read every 30 s and reported in between. One replica reports it for the service: reported by each it would be added up.</summary>
internal sealed partial class SagaStatistics(NpgsqlDataSource source, ReplicaWorker replicas, DatabaseReadiness readiness, ILogger<SagaStatistics> logger) : Worker
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OtherInterval = TimeSpan.FromSeconds(5);
    private static readonly string[] States = ["running", "waiting", "overdue"];

    private volatile IReadOnlyList<Measurement<long>> _unfinished = [];

    protected override async Task WorkAsync(CancellationToken stopping)
    {
        await readiness.WaitAsync(stopping);
        SagaTelemetry.Meter.CreateObservableGauge("shop.saga.unfinished", () => _unfinished, "{saga}", "Sagas that have not ended: running, waiting for their next attempt, overdue.");
        while (true)
        {
            var reports = replicas.IsFirst;
            try
            {
                _unfinished = reports ? await CountAsync(stopping) : [];
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                LogFailed(failure.Message);
            }
            // The reporting replica may change: checking for that is free, so it is done more often.
            await Task.Delay(reports ? Interval : OtherInterval, stopping);
        }
    }

    private async Task<IReadOnlyList<Measurement<long>>> CountAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select type, count(*) filter (where lease_until > now()), count(*) filter (where lease_until <= now()), count(*) filter (where started_at + within < now())
            from sagas.saga where ended_at is null group by type
            """);
        var counts = new List<Measurement<long>>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            for (var i = 0; i < States.Length; i++)
                counts.Add(new(reader.GetInt64(i + 1), new("shop.saga.type", reader.GetString(0)), new("state", States[i])));
        }
        return counts;
    }

    [LoggerMessage(LogLevel.Warning, "Unfinished sagas could not be counted: {Reason}")]
    private partial void LogFailed(string reason);
}
