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
            var sagas = (await operators.ListSagasAsync(new() { State = state, PageSize = 100 })).Sagas;
            Assert.All(sagas, saga => Assert.Equal(state, saga.State));
            found[state] = sagas.Count;
        }

        Assert.Equal(new Dictionary<string, int> { ["running"] = 1, ["compensating"] = 1, ["completed"] = 1, ["compensated"] = 1, ["overdue"] = 2 }, found);
        Assert.Equal(6, (await operators.ListSagasAsync(new() { PageSize = 100 })).Sagas.Count);
    }

    [Fact]
    public async Task A_saga_that_is_in_no_state_is_asked_for_in_vain()
    {
        var operators = ordering.First.Client(ordering.Tokens.Operator());

        var failure = await Assert.ThrowsAsync<RpcException>(() => operators.ListSagasAsync(new() { State = "stuck", PageSize = 1000, PageToken = "x" }).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "pageSize pageToken state"), (failure.StatusCode, string.Join(' ', failure.FieldErrors().Keys.Order(StringComparer.Ordinal))));
    }
}
