using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.V1;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>The results of comparisons, kept by the consumer: the last one of each day, handler and kind of event.</summary>
internal sealed partial class ComparisonResults(NpgsqlDataSource source, ComparedDays days, MessagingDefinition definition, ILogger<ComparisonResults> logger)
{
    private const int Most = 1_000;

    public async Task<RecordComparisonResponse> RecordAsync(RecordComparisonRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var day = EventDay.Read(check, request.Day);
        var claim = check.Uuid("claimId", request.ClaimId);
        check.That(request.Results.Count <= Most && request.Results.All(result => result.Kind is not null), "results", $"must be at most {Most}, each with its kind");
        check.ThrowIfAny();

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var complete = request.Results.All(result => result is { Missing: 0, Unpublished: 0 });
        if (!await days.CloseAsync(transaction, day, claim, complete, cancel))
            return new();
        await StoreAsync(transaction, day, request.Results, cancel);
        await transaction.CommitAsync(cancel);

        foreach (var result in request.Results)
        {
            ComparisonTelemetry.Compared(result);
            if (result.Missing > 0)
                LogMissed(result.Consumer, result.Missing, result.Published, result.Kind.Type, day.Date, result.Requested);
        }
        return new();
    }

    public async Task<ListComparisonsResponse> ListAsync(ListComparisonsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var day = EventDay.Read(check, request.Day);
        check.ThrowIfAny();

        await using var command = source.CreateCommand("""
            select consumer, topic, type, published, unpublished, missing, requested, compared_at, requested_at from messaging.comparison
            where day = $1 order by consumer, topic, type limit $2
            """);
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day.Date });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var response = new ListComparisonsResponse();
        while (await reader.ReadAsync(cancel))
        {
            response.Results.Add(new ComparedEvents
            {
                Consumer = reader.GetString(0),
                Kind = new() { Topic = reader.GetString(1), Type = reader.GetString(2) },
                Published = reader.GetInt64(3),
                Unpublished = reader.GetInt64(4),
                Missing = reader.GetInt64(5),
                Requested = reader.GetInt64(6),
                ComparedAt = reader.GetFieldValue<DateTimeOffset>(7).ToTimestamp(),
                RequestedAt = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8).ToTimestamp(),
            });
        }
        response.Compared = definition.Consumers.Count == 0 || response.Results.Count > 0 || await days.IsClosedAsync(day, cancel);
        return response;
    }

    private static async Task StoreAsync(NpgsqlTransaction transaction, EventDay day, IReadOnlyList<ComparedEvents> results, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into messaging.comparison as c (day, consumer, topic, type, published, unpublished, missing, requested, requested_at)
            select $1, r.*, case when r.requested > 0 then now() end
            from unnest($2, $3, $4, $5, $6, $7, $8) r (consumer, topic, type, published, unpublished, missing, requested)
            on conflict (day, consumer, topic, type) do update set
                published = excluded.published, unpublished = excluded.unpublished, missing = excluded.missing, requested = c.requested + excluded.requested,
                compared_at = excluded.compared_at, requested_at = coalesce(excluded.requested_at, c.requested_at)
            """, transaction.Connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<DateOnly> { TypedValue = day.Date },
                Texts(result => result.Consumer), Texts(result => result.Kind.Topic), Texts(result => result.Kind.Type),
                Numbers(result => result.Published), Numbers(result => result.Unpublished), Numbers(result => result.Missing), Numbers(result => result.Requested),
            },
        };
        await command.ExecuteNonQueryAsync(cancel);

        NpgsqlParameter<string[]> Texts(Func<ComparedEvents, string> value) => new() { TypedValue = [.. results.Select(value)] };
        NpgsqlParameter<long[]> Numbers(Func<ComparedEvents, long> value) => new() { TypedValue = [.. results.Select(value)] };
    }

    [LoggerMessage(LogLevel.Warning, "{Consumer} has missed {Missing} of {Published} events {Type} of {Day}; {Requested} are published again")]
    private partial void LogMissed(string consumer, long missing, long published, string type, DateOnly day, long requested);
}
