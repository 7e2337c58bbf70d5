using Npgsql;
using Shop.Messaging.Definition;
using Shop.Messaging.Outbox;
using Shop.Messaging.V1;
using Shop.ServiceDefaults.Validation;

namespace Shop.Messaging.Comparison;

/// <summary>The publisher's side of a comparison: how many events of a day were published, and which.</summary>
internal sealed class PublishedEventReader(NpgsqlDataSource source, MessagingDefinition definition)
{
    private const int MostKinds = 100;

    // The hash function may be another one in another version of PostgreSQL: then digests differ, and ids are compared, with the same result.
    private const string CountSql = $"""
        select k.topic, k.type, count(*) filter (where o.published), coalesce(bit_xor(uuid_hash_extended(o.event_id, 0)) filter (where o.published), 0),
               count(*) filter (where not o.published)
        from unnest($3, $4) k (topic, type)
        left join lateral (
            select o.event_id, {OutboxReader.IsPublished} published
            from messaging.outbox o join messaging.outbox_shard s using (shard)
            where o.event_id >= $1 and o.event_id < $2 and o.topic = k.topic and o.type = k.type) o on true
        group by k.topic, k.type
        """;

    private const string ListSql = $"""
        select o.event_id from messaging.outbox o join messaging.outbox_shard s using (shard)
        where o.event_id >= $1 and o.event_id < $2 and o.topic = $3 and o.type = $4 and ($5::uuid is null or o.event_id > $5) and {OutboxReader.IsPublished}
        order by o.event_id limit $6
        """;

    public async Task<GetPublishedResponse> CountAsync(GetPublishedRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var day = EventDay.Read(check, request.Day);
        check.That(request.Kinds.Count is >= 1 and <= MostKinds, "kinds", $"must be 1 to {MostKinds}");
        foreach (var kind in request.Kinds)
            IsOwn(check, kind);
        check.ThrowIfAny();

        await using var command = source.CreateCommand(CountSql);
        command.Parameters.AddRange(day.Bounds());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Kinds.Select(kind => kind.Topic)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. request.Kinds.Select(kind => kind.Type)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var response = new GetPublishedResponse();
        while (await reader.ReadAsync(cancel))
        {
            response.Published.Add(new PublishedEvents
            {
                Kind = new() { Topic = reader.GetString(0), Type = reader.GetString(1) }, Count = reader.GetInt64(2), Digest = reader.GetInt64(3), Unpublished = reader.GetInt64(4),
            });
        }
        return response;
    }

    public async Task<ListPublishedIdsResponse> ListAsync(ListPublishedIdsRequest request, CancellationToken cancel)
    {
        var check = new Check();
        var day = EventDay.Read(check, request.Day);
        IsOwn(check, request.Kind);
        Guid? after = request.AfterId.Length == 0 ? null : check.Uuid("afterId", request.AfterId);
        check.Range("pageSize", request.PageSize, 1, ComparedIds.Most);
        check.ThrowIfAny();

        await using var command = source.CreateCommand(ListSql);
        command.Parameters.AddRange(day.Bounds());
        command.Parameters.Add(new() { Value = request.Kind.Topic });
        command.Parameters.Add(new() { Value = request.Kind.Type });
        command.Parameters.Add(new() { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = request.PageSize });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var response = new ListPublishedIdsResponse();
        while (await reader.ReadAsync(cancel))
            response.EventIds.Add(reader.GetGuid(0).ToString());
        return response;
    }

    // This outbox has no events of another service's topic: the answer would be that of a day without events.
    private void IsOwn(Check check, EventKind? kind)
    {
        check.That(kind is not null && definition.OwnTopics.Contains(kind.Topic), "kinds", "must be of topics that this service publishes to");
        check.Line("type", kind?.Type, 1, 500);
    }
}
