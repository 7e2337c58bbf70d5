using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.V1;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>The consumer's side of a comparison: how many events of a day a handler has applied or parked, by its inbox marks, and which it has not.</summary>
internal sealed class AppliedEventReader(NpgsqlDataSource source, MessagingDefinition definition)
{
    /// <summary>One entry for each of these handlers.</summary>
    public async Task<IReadOnlyList<HandlerEvents>> CountAsync(EventDay day, IReadOnlyList<string> consumers, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select consumer, count(*), bit_xor(uuid_hash_extended(event_id, 0)) from messaging.inbox
            where event_id >= $1 and event_id < $2 and consumer = any($3) group by consumer
            """);
        command.Parameters.AddRange(day.Bounds());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. consumers] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var events = consumers.ToDictionary(consumer => consumer, consumer => new HandlerEvents { Consumer = consumer, Kinds = { KindsOf(consumer) } });
        while (await reader.ReadAsync(cancel))
            (events[reader.GetString(0)].Count, events[reader.GetString(0)].Digest) = (reader.GetInt64(1), reader.GetInt64(2));
        return [.. events.Values];
    }

    public async Task<FindMissedResponse> FindMissedAsync(FindMissedRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var ids = ComparedIds.Read(check, request.EventIds);
        check.That(definition.Consumers.Contains(request.Consumer), "consumer", "must be a handler of this service");
        check.ThrowIfAny();

        await using var command = source.CreateCommand("""
            select id from unnest($1) id
            where not exists (select from messaging.inbox i where i.event_id = id and i.consumer = $2)
              and not exists (select from messaging.dead_letter d where d.event_id = id and d.consumer = $2)
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = ids });
        command.Parameters.Add(new() { Value = request.Consumer });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var response = new FindMissedResponse();
        while (await reader.ReadAsync(cancel))
            response.EventIds.Add(reader.GetGuid(0).ToString());
        return response;
    }

    private IEnumerable<EventKind> KindsOf(string consumer) =>
        definition.Handlers.Values.SelectMany(handlers => handlers).Where(handler => handler.Consumer == consumer).Select(handler => new EventKind { Topic = handler.Topic, Type = handler.Type });
}
