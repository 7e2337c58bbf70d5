using Npgsql;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Ledger;

/// <summary>The invariants that the database enforces for every writer.</summary>
public sealed class LedgerTests(RunningPayments running)
{
    [Theory]
    [InlineData("update postings set amount = amount + 1")]
    [InlineData("delete from postings")]
    [InlineData("truncate postings, transfers")]
    [InlineData("update transfers set kind = 'other'")]
    [InlineData("delete from transfers")]
    public async Task Postings_and_transfers_are_immutable(string sql)
    {
        await running.Payments.AuthoriseAsync(TestOrder.With("tok_ok"));

        var failure = await Assert.ThrowsAsync<PostgresException>(() => running.Database.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, failure.SqlState);
    }

    [Theory]
    [InlineData("(id, 'members', -5, 'KRW'), (id, 'held', 4, 'KRW')")]
    [InlineData("(id, 'members', -5, 'KRW'), (id, 'held', 5, 'USD')")]
    [InlineData("(id, 'members', 0, 'KRW')")]
    public async Task A_transfer_that_does_not_sum_to_zero_is_not_committed(string postings)
    {
        var id = Guid.CreateVersion7();
        var failure = await Assert.ThrowsAsync<PostgresException>(() => running.Database.ExecuteAsync($"""
            begin;
            insert into transfers (id, order_id, kind, at) values ('{id}', '{id}', 'authorise', now());
            insert into postings (transfer_id, account, amount, currency) values {postings.Replace("id", $"'{id}'", StringComparison.Ordinal)};
            commit;
            """));

        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
        Assert.Empty(await running.Database.TransfersOfAsync(id));
    }

    [Fact]
    public async Task A_transfer_without_postings_is_not_committed()
    {
        var id = Guid.CreateVersion7();
        var failure = await Assert.ThrowsAsync<PostgresException>(
            () => running.Database.ExecuteAsync($"insert into transfers (id, order_id, kind, at) values ('{id}', '{id}', 'authorise', now())"));

        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
    }

    [Fact]
    public async Task Nothing_happens_twice_to_an_order()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);

        var failure = await Assert.ThrowsAsync<PostgresException>(() => running.Database.ExecuteAsync(
            $"insert into transfers (id, order_id, kind, at) values ('{Guid.CreateVersion7()}', '{order.Id}', 'authorise', now())"));

        Assert.Equal(PostgresErrorCodes.UniqueViolation, failure.SqlState);
    }

    [Fact]
    public async Task More_than_was_captured_is_not_refunded()
    {
        var order = TestOrder.With("tok_ok", 500);
        await running.Payments.AuthoriseAsync(order);
        await running.Payments.CaptureAsync(order);
        var (part, rest) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await running.Database.ExecuteAsync(Refund(part, 300, sum: 300));

        var twice = await Assert.ThrowsAsync<PostgresException>(() => running.Database.ExecuteAsync(Refund(rest, 100, sum: 300)));
        var tooMuch = await Assert.ThrowsAsync<PostgresException>(() => running.Database.ExecuteAsync(Refund(rest, 201, sum: 501)));

        Assert.Equal((PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.CheckViolation), (twice.SqlState, tooMuch.SqlState));
        Assert.Equal([("members", -200L), ("taken", 200L)], await running.Database.BalancesOfAsync(order.Id));

        string Refund(Guid id, long amount, long sum) => $"""
            begin;
            insert into transfers (id, order_id, kind, refunded, at) values ('{id}', '{order.Id}', 'refund', {sum}, now());
            insert into postings (transfer_id, account, amount, currency) values ('{id}', 'taken', -{amount}, 'KRW'), ('{id}', 'members', {amount}, 'KRW');
            commit;
            """;
    }

    [Fact]
    public async Task The_ledger_agrees_with_the_providers_and_sums_to_zero()
    {
        var (kept, refunded, voided) = (TestOrder.With("tok_ok", 700), TestOrder.With("tok_ok", 500), TestOrder.With("tok_ok", 300));
        foreach (var order in new[] { kept, refunded, voided })
            await running.Payments.AuthoriseAsync(order);
        await running.Payments.CaptureAsync(kept);
        await running.Payments.CaptureAsync(refunded);
        await running.Payments.RefundAsync(refunded);
        await running.Payments.VoidAsync(voided);

        Assert.Equal([("members", -700L), ("taken", 700L)], await running.Database.BalancesOfAsync(kept.Id));
        Assert.Empty(await running.Database.BalancesOfAsync(refunded.Id));
        Assert.Empty(await running.Database.BalancesOfAsync(voided.Id));
        Assert.Empty(await running.Database.QueryAsync<string>("select currency from postings group by currency having sum(amount) <> 0"));
    }
}
