using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.V1;

namespace Shop.Messaging.Comparison;

/// <summary>
/// Which days of this consumer are due. A claim ends after a time: a comparison that dies leaves the day to the next one, and of two at the same time one gets it.
/// The day that has been due for the longest time comes first, and one that has never been claimed before all others: a day whose comparison fails each time holds up none.
/// </summary>
internal sealed partial class ComparedDays(
    NpgsqlDataSource source, MessagingDefinition definition, AppliedEventReader applied, IOptions<ComparisonOptions> options, ILogger<ComparedDays> logger)
{
    private const string RegisterSql = """
        insert into messaging.compared_handler (consumer, since)
        select c, case when exists (select from messaging.compared_handler) then now() else '-infinity' end from unnest($1) c
        on conflict do nothing
        """;

    private const string ClaimSql = """
        insert into messaging.compared_day as known (day, claim, due_at)
        select d.day, $1, now() + $2
        from generate_series(0, $3) n cross join lateral (select (now() at time zone 'UTC')::date - n) d (day)
        left join messaging.compared_day c on c.day = d.day
        where now() >= d.day::timestamp at time zone 'UTC' + $4 and (c.day is null or c.due_at <= now())
        order by c.due_at nulls first, d.day limit 1
        on conflict (day) do update set claim = excluded.claim, due_at = excluded.due_at where known.due_at <= now()
        returning day
        """;

    public async Task<ClaimComparisonResponse> ClaimAsync(CancellationToken cancel)
    {
        if (definition.Consumers.Count == 0)
            return new();
        var claim = Guid.CreateVersion7();
        if (await ClaimAsync(claim, cancel) is not { } day)
            return new();
        return new() { Day = day.ToString(), ClaimId = claim.ToString(), Applied = { await applied.CountAsync(day, await ComparedHandlersAsync(day, cancel), cancel) } };
    }

    /// <summary>The day of a claim is done with: for good if nothing was missing and the day is over.</summary>
    /// <returns>False: the claim has ended, and the day belongs to another comparison.</returns>
    public async Task<bool> CloseAsync(NpgsqlTransaction transaction, EventDay day, Guid claim, bool complete, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            update messaging.compared_day
            set due_at = case when $3 and now() >= (day + 1)::timestamp at time zone 'UTC' then 'infinity' else now() + $4 end
            where day = $1 and claim = $2
            """, transaction.Connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly> { TypedValue = day.Date }, new NpgsqlParameter<Guid> { TypedValue = claim }, new NpgsqlParameter<bool> { TypedValue = complete },
                new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.RepeatAfter },
            },
        };
        if (await command.ExecuteNonQueryAsync(cancel) > 0)
            return true;
        LogClaimEnded(day.Date);
        return false;
    }

    /// <summary>Also of a day that had no results, since each handler is newer than it.</summary>
    public async Task<bool> IsClosedAsync(EventDay day, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select exists (select from messaging.compared_day where day = $1 and due_at = 'infinity')");
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day.Date });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<EventDay?> ClaimAsync(Guid claim, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(RegisterSql) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. definition.Consumers] } } });
        batch.BatchCommands.Add(new(ClaimSql)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = claim }, new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.Lease },
                new NpgsqlParameter<int> { TypedValue = options.Value.Days }, new NpgsqlParameter<TimeSpan> { TypedValue = options.Value.After },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new EventDay(reader.GetFieldValue<DateOnly>(0)) : null;
    }

    private async Task<IReadOnlyList<string>> ComparedHandlersAsync(EventDay day, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select consumer from messaging.compared_handler where consumer = any($2) and since <= $1::timestamp at time zone 'UTC' order by consumer
            """);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day.Date });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. definition.Consumers] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var consumers = new List<string>();
        while (await reader.ReadAsync(cancel))
            consumers.Add(reader.GetString(0));
        return consumers;
    }

    [LoggerMessage(LogLevel.Information, "The comparison of {Day} took longer than its claim: its result is not stored")]
    private partial void LogClaimEnded(DateOnly day);
}
