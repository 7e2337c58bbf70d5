using Grpc.Core;
using Npgsql;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

/// <summary>After an unknown outcome the provider is first asked what became of it: seen on the wire.</summary>
public sealed class UnknownOutcomeTests(RunningPayments running) : IAsyncLifetime
{
    private readonly WatchedLine _line = new(running.Provider);

    public async ValueTask InitializeAsync() => await _line.StartAsync();

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    [Fact]
    public async Task A_dropped_connection_is_followed_by_a_look_and_nothing_is_sent_twice()
    {
        await using var payments = await running.NewReplicaAsync(_line.Setting);
        var order = TestOrder.With("tok_lost_answer");

        await payments.AuthoriseAsync(order);
        await payments.CaptureAsync(order);

        Assert.Equal(["POST charges", "GET charges", "POST capture", "GET charges"], _line.Calls);
    }

    [Fact]
    public async Task A_time_out_is_followed_by_a_look_and_nothing_is_sent_twice()
    {
        await using var payments = await running.NewReplicaAsync(_line.Setting, ("Provider__Timeout", "00:00:01"), ("Provider__LookUpTimeout", "00:00:10"));
        var order = TestOrder.With("tok_slow");

        await payments.AuthoriseAsync(order);

        Assert.Equal(["POST charges", "GET charges"], _line.Calls);
    }

    [Fact]
    public async Task When_the_look_fails_too_the_next_attempt_begins_with_one()
    {
        await using var payments = await WithoutReconciliationAsync();
        var order = TestOrder.With("tok_ok");
        _line.Loses = _ => true;
        await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        Assert.Equal("pending", (await payments.GetAsync(order)).Status);
        var before = _line.Calls.Count;

        _line.Loses = _ => false;
        await payments.AuthoriseAsync(order);

        Assert.Equal(["GET charges"], _line.Calls.Skip(before));
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
    }

    [Fact]
    public async Task What_never_arrived_is_sent_after_the_look()
    {
        await using var payments = await WithoutReconciliationAsync();
        var order = TestOrder.With("tok_ok");
        await using (await running.TroubleAsync(new(Outage: true)))
            await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        var before = _line.Calls.Count;

        await payments.AuthoriseAsync(order);

        Assert.Equal(["GET charges", "POST charges"], _line.Calls.Skip(before));
    }

    [Fact]
    public async Task A_replica_that_takes_over_from_a_killed_one_looks_first()
    {
        var order = TestOrder.With("tok_slow");
        await using (var victim = await running.NewReplicaAsync(_line.Setting))
        {
            var lost = victim.AuthoriseAsync(order);
            await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Count == 1, "the provider has charged");
            await victim.KillAsync();
            await Assert.ThrowsAsync<RpcException>(() => lost);
        }

        await using var heir = await running.NewReplicaAsync(_line.Setting);
        await heir.AuthoriseAgainAsync(order);
        await heir.CaptureAgainAsync(order);

        Assert.Equal(["POST charges", "GET charges", "GET charges", "POST capture"], _line.Calls);
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task What_cannot_be_written_down_in_time_is_unavailable_and_found_by_asking_again()
    {
        await using var payments = await running.NewReplicaAsync(_line.Setting);
        var order = TestOrder.With("tok_ok");
        await payments.AuthoriseAsync(order);

        await using (var connection = new NpgsqlConnection(running.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("select from intents where order_id = $1 for update", connection) { Parameters = { new() { Value = order.Id } } };
            await hold.ExecuteNonQueryAsync();

            await Answers.FailsAsync(StatusCode.Unavailable, () => payments.CaptureAsync(order));
        }

        Assert.Equal("authorised", (await payments.GetAsync(order)).Status);
        await payments.CaptureAgainAsync(order);

        Assert.Equal(["POST charges", "POST capture", "GET charges"], _line.Calls);
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_command_is_one_commit_with_all_that_follows_from_it()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);
        Assert.Single(await CommitsOfAsync(order));

        await running.Payments.CaptureAsync(order);
        Assert.Equal(2, (await CommitsOfAsync(order)).Count);       // the intent's row is the second's now; the first left its attempt, transfer and event
    }

    private Task<IReadOnlyList<string>> CommitsOfAsync(TestOrder order) => running.Database.QueryAsync<string>(
        """
        select xmin::text from intents where order_id = @id
        union select xmin::text from attempts where order_id = @id
        union select xmin::text from transfers where order_id = @id
        union select p.xmin::text from postings p join transfers t on t.id = p.transfer_id where t.order_id = @id
        union select xact::text from messaging.outbox where key = @key
        """,
        new { id = order.Id, key = order.Id.ToString() });

    /// <summary>On a database of its own: other replicas would reconcile, too.</summary>
    private Task<PaymentsProcess> WithoutReconciliationAsync() => running.NewPaymentsAsync(running.Provider, _line.Setting, ("Reconciliation__Every", "00:10:00"));
}
