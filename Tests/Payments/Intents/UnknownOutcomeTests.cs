using Grpc.Core;
using Npgsql;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Intents;

/// <summary>After an unknown outcome the charge is queried before the command is repeated: asserted on the calls to the provider.</summary>
public sealed class UnknownOutcomeTests(RunningPayments running) : IAsyncLifetime
{
    private readonly RecordingProxy _proxy = new(running.Provider);

    public async ValueTask InitializeAsync() => await _proxy.StartAsync();

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    [Fact]
    public async Task After_a_dropped_connection_the_charge_is_queried_and_nothing_is_sent_twice()
    {
        await using var payments = await running.NewReplicaAsync(_proxy.Setting);
        var order = TestOrder.With("tok_lost_answer");

        await payments.AuthoriseAsync(order);
        await payments.CaptureAsync(order);

        Assert.Equal(["POST charges", "GET charges", "POST capture", "GET charges"], _proxy.Calls);
    }

    [Fact]
    public async Task After_a_timeout_the_charge_is_queried_and_nothing_is_sent_twice()
    {
        await using var payments = await running.NewReplicaAsync(_proxy.Setting, ("Provider__Timeout", "00:00:01"), ("Provider__LookUpTimeout", "00:00:10"));
        var order = TestOrder.With("tok_slow");

        await payments.AuthoriseAsync(order);

        Assert.Equal(["POST charges", "GET charges"], _proxy.Calls);
    }

    [Fact]
    public async Task When_the_query_fails_too_the_next_attempt_begins_with_one()
    {
        await using var payments = await WithoutReconciliationAsync();
        var order = TestOrder.With("tok_ok");
        _proxy.DropsAnswer = _ => true;
        await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        Assert.Equal("pending", (await payments.GetAsync(order)).Status);
        var before = _proxy.Calls.Count;

        _proxy.DropsAnswer = _ => false;
        await payments.AuthoriseAsync(order);

        Assert.Equal(["GET charges"], _proxy.Calls.Skip(before));
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
    }

    [Fact]
    public async Task A_command_that_never_arrived_is_sent_after_the_query()
    {
        await using var payments = await WithoutReconciliationAsync();
        var order = TestOrder.With("tok_ok");
        await using (await running.WithFaultsAsync(new(Outage: true)))
            await Answers.FailsAsync(StatusCode.Unavailable, () => payments.AuthoriseAsync(order));
        var before = _proxy.Calls.Count;

        await payments.AuthoriseAsync(order);

        Assert.Equal(["GET charges", "POST charges"], _proxy.Calls.Skip(before));
    }

    [Fact]
    public async Task A_replica_that_takes_over_from_a_killed_one_queries_first()
    {
        var order = TestOrder.With("tok_slow");
        await using (var victim = await running.NewReplicaAsync(_proxy.Setting))
        {
            var lost = victim.AuthoriseAsync(order);
            await Eventually.TrueAsync(async () => (await running.Provider.ChargesOfAsync(order.Id)).Count == 1, "the provider has charged");
            await victim.KillAsync();
            await Assert.ThrowsAsync<RpcException>(() => lost);
        }

        await using var heir = await running.NewReplicaAsync(_proxy.Setting);
        await heir.AuthoriseAgainAsync(order);
        await heir.CaptureAgainAsync(order);

        Assert.Equal(["POST charges", "GET charges", "GET charges", "POST capture"], _proxy.Calls);
        Assert.Single(await running.Provider.ChargesOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_payment_that_cannot_be_saved_in_time_is_unavailable_and_found_by_a_repeated_call()
    {
        await using var payments = await running.NewReplicaAsync(_proxy.Setting);
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

        Assert.Equal(["POST charges", "POST capture", "GET charges"], _proxy.Calls);
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured"], await running.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_command_is_one_commit_with_all_that_follows_from_it()
    {
        var order = TestOrder.With("tok_ok");
        await running.Payments.AuthoriseAsync(order);
        Assert.Single(await CommitsOfAsync(order));

        await running.Payments.CaptureAsync(order);
        Assert.Equal(2, (await CommitsOfAsync(order)).Count);       // the second commit rewrote the intent's row; attempt, transfer and event are of the first
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

    /// <summary>On a database of its own, as other replicas would reconcile, too.</summary>
    private Task<PaymentsProcess> WithoutReconciliationAsync() => running.NewPaymentsAsync(running.Provider, _proxy.Setting, ("Reconciliation__Interval", "00:10:00"));
}
