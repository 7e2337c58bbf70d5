using System.Collections.Concurrent;
using Npgsql;
using Shop.Load.Measuring;

namespace Shop.Load.Orders;

/// <summary>The end of an order's checkout, by Ordering's clock.</summary>
/// <param name="Status">The order's current status: it may have been dispatched or delivered since.</param>
/// <param name="EndedAt">When it was confirmed or rejected.</param>
internal sealed record Ending(Guid Order, string Status, string? Reason, DateTimeOffset PlacedAt, DateTimeOffset EndedAt)
{
    public bool IsSold => Status is "confirmed" or "dispatched" or "delivered";
}

/// <summary>
/// Tracks orders in Ordering's database: one small query every 20 ms for all of them, over one connection whose cost is known and subtracted.
/// A call of the gateway for each order would cause more load than the orders.
/// </summary>
internal sealed class OrderTracker : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int AtOnce = 2_000;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _open = new();
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _tracking;
    private long _queries;

    private OrderTracker(NpgsqlConnection connection)
    {
        _connection = connection;
        _tracking = Task.Run(TrackAsync);
    }

    public static async Task<OrderTracker> OpenAsync(string ordering, CancellationToken cancel) => new(await ServerConnection.OpenAsync(ordering, cancel));

    /// <summary>The pid of the database backend of this tracker.</summary>
    public int Backend => _connection.ProcessID;

    public long Queries => Volatile.Read(ref _queries);

    public int Open => _open.Count;

    /// <summary>Completes when the order is no longer pending.</summary>
    public Task EndOf(Guid order)
    {
        var end = _open.GetOrAdd(order, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _tracking.IsCompleted ? _tracking : end.Task;
    }

    public static async Task<IReadOnlyList<Ending>> EndingsAsync(string ordering, IReadOnlyCollection<Guid> orders, CancellationToken cancel)
    {
        const string Sql =
            """
            select id, status, reason, placed_at, coalesce((jsonb_path_query_first(timeline, '$[*] ? (@.What == "confirmed" || @.What == "rejected")') ->> 'At')::timestamptz, placed_at)
            from orders where id = any($1) and status <> 'pending'
            """;
        await using var connection = await ServerConnection.OpenAsync(ordering, cancel);
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = orders.ToArray() } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var endings = new List<Ending>();
        while (await row.ReadAsync(cancel))
            endings.Add(new(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4)));
        return endings;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _tracking;
        }
        catch (NpgsqlException)
        {
            // the tasks of the tracked orders have failed with it
        }
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task TrackAsync()
    {
        try
        {
            await using var ended = new NpgsqlCommand("select id from orders where id = any($1) and status <> 'pending'", _connection);
            var waiting = new NpgsqlParameter<Guid[]> { TypedValue = [] };
            ended.Parameters.Add(waiting);
            await ended.PrepareAsync();
            while (!_stop.IsCancellationRequested)
            {
                // Oldest first: ids grow with time.
                waiting.TypedValue = [.. _open.Keys.Order().Take(AtOnce)];
                if (waiting.TypedValue.Length > 0)
                    await PollAsync(ended);
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception failure)
        {
            foreach (var end in _open.Values)
                end.TrySetException(failure);
            throw;
        }
    }

    private async Task PollAsync(NpgsqlCommand ended)
    {
        Interlocked.Increment(ref _queries);
        await using var row = await ended.ExecuteReaderAsync();
        while (await row.ReadAsync())
            if (_open.TryRemove(row.GetGuid(0), out var end))
                end.TrySetResult();
    }
}
