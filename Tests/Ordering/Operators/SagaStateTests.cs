using Grpc.Core;
using Shop.Ordering.Tests.Running;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Ordering.Tests.Operators;

public sealed class SagaStateTests(RunningOrdering ordering) : IClassFixture<RunningOrdering>
{
    [Fact]
    public async Task Each_saga_is_in_one_state_and_found_by_that_one_alone()
    {
        // Of no type that runs here. Of the first four, two are past their deadline; those that have ended are past nothing.
        await using var connection = await ordering.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            insert into sagas.saga (id, type, state, status, started_at, within, ended_at) values
                (uuidv7(), 'Other', '{}', 'running', now(), '10 minutes', null), (uuidv7(), 'Other', '{}', 'compensating', now(), '10 minutes', null),
                (uuidv7(), 'Other', '{}', 'running', now() - interval '1 hour', '10 minutes', null), (uuidv7(), 'Other', '{}', 'compensating', now() - interval '1 hour', '10 minutes', null),
                (uuidv7(), 'Other', '{}', 'completed', now() - interval '1 hour', '10 minutes', now()), (uuidv7(), 'Other', '{}', 'compensated', now() - interval '1 hour', '10 minutes', now())
            """;
        await insert.ExecuteNonQueryAsync();

        var operators = ordering.First.Client(ordering.Tokens.Operator());
        var found = new Dictionary<string, int>();
        foreach (var state in new[] { "running", "compensating", "completed", "compensated", "overdue" })
        {
            var sagas = await OthersAsync(state);
            Assert.All(sagas, saga => Assert.Equal(state, saga.State));
            found[state] = sagas.Count;
        }

        Assert.Equal(new Dictionary<string, int> { ["running"] = 1, ["compensating"] = 1, ["completed"] = 1, ["compensated"] = 1, ["overdue"] = 2 }, found);
        Assert.Equal(6, (await OthersAsync("")).Count);

        async Task<List<V1.Saga>> OthersAsync(string state) => [.. (await operators.ListSagasAsync(new() { State = state, PageSize = 100 })).Sagas.Where(saga => saga.Type == "Other")];
    }

    [Fact]
    public async Task The_sagas_of_an_order_are_found_by_its_id()
    {
        var (order, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var connection = await ordering.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = """
            insert into sagas.saga (id, type, subject, state, status, started_at, within, ended_at)
            select uuidv7(), 'Another', subject::text, '{}', status, now(), '10 minutes', now() from unnest($1, $2) of (subject, status)
            """;
        insert.Parameters.Add(new() { Value = new[] { order, other, order, order } });
        insert.Parameters.Add(new() { Value = new[] { "compensated", "completed", "completed", "completed" } });
        await insert.ExecuteNonQueryAsync();
        var operators = ordering.First.Client(ordering.Tokens.Operator());

        var first = await operators.ListSagasAsync(new() { OrderId = $"{order}".ToUpperInvariant(), PageSize = 2 });
        var second = await operators.ListSagasAsync(new() { PageToken = first.NextPageToken });
        var found = first.Sagas.Concat(second.Sagas).ToList();
        Assert.All(found, saga => Assert.Equal(order.ToString(), saga.OrderId));
        Assert.Equal(["completed", "completed", "compensated"], found.Select(saga => saga.State));
        Assert.Equal((2, ""), ((await operators.ListSagasAsync(new() { OrderId = $"{order}", State = "completed" })).Sagas.Count, second.NextPageToken));
        Assert.Empty((await operators.ListSagasAsync(new() { OrderId = $"{Guid.CreateVersion7()}" })).Sagas);
        Assert.Equal(order.ToString(), (await operators.GetSagaAsync(new() { SagaId = found[0].SagaId })).Saga.OrderId);

        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await operators.ListSagasAsync(new() { OrderId = $"{other}", PageToken = first.NextPageToken }));
        await Answers.FailsAsync(StatusCode.InvalidArgument, async () => await operators.ListSagasAsync(new() { OrderId = "none" }));
    }

    [Fact]
    public async Task A_saga_that_is_in_no_state_is_asked_for_in_vain()
    {
        var operators = ordering.First.Client(ordering.Tokens.Operator());

        var failure = await Assert.ThrowsAsync<RpcException>(() => operators.ListSagasAsync(new() { State = "stuck", PageSize = 1000, PageToken = "x" }).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "pageSize pageToken state"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
    }
}
