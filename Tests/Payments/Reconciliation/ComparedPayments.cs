using System.Text.Json;
using Shop.Payments.Tests.Provider;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Reconciliation;

/// <summary>
/// A provider without webhooks and a database of Payments, for the tests of the comparison. Nothing else would ever record what happens at this provider: each test starts
/// the replicas that it needs.
/// </summary>
public sealed class ComparedPayments(RunningPayments running) : IAsyncLifetime
{
    private string _database = null!;

    public ProviderProcess Provider { get; private set; } = null!;

    public PaymentsDatabase Database { get; private set; } = null!;

    public string ConnectionString => _database;

    /// <summary>A replica that compares nothing.</summary>
    public PaymentsProcess Idle { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await running.NewProviderAsync();
        _database = await running.NewDatabaseAsync("payments");
        Database = new PaymentsDatabase(_database);
        Idle = await running.NewPaymentsAsync(_database, Provider, ("Reconciliation__LedgerInterval", "1.00:00:00"));
        await Eventually.TrueAsync(async () => (await Database.QueryAsync<bool>("select compared_at is not null from ledger_comparisons")).Single(), "the first comparison");
    }

    /// <summary>A replica that compares all the time, without a grace period. The caller disposes of it.</summary>
    public async Task<PaymentsProcess> NewReplicaAsync(params (string, string)[] settings)
    {
        await Database.ExecuteAsync("update ledger_comparisons set due_at = now()");
        return await running.NewPaymentsAsync(_database, Provider, [
            ("Reconciliation__LedgerInterval", "00:00:00.200"), ("Reconciliation__Grace", "00:00:00"), ("Reconciliation__AttemptGrace", "00:00:00"), ("Reconciliation__Lease", "00:00:01"),
            .. settings]);
    }

    public async Task<TestOrder> CapturedAsync(long amount = 1000)
    {
        var order = TestOrder.With("tok_ok", amount);
        await Idle.AuthoriseAsync(order);
        await Idle.CaptureAsync(order);
        return order;
    }

    /// <summary>Somebody refunds a part at the provider.</summary>
    public async Task RefundAsync(TestOrder order, long amount)
    {
        var charge = Assert.Single(await Provider.FindAsync($"{order.Id}/authorise"));
        using var answer = await Provider.DoAsync(charge, "refunds", body: new { amount });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Until everything that is at the provider now has been compared.</summary>
    public async Task ComparedAsync(PaymentsProcess payments)
    {
        using var ledger = JsonDocument.Parse(await Provider.Http.GetStringAsync("/v1/movements?pageSize=1000"));
        var last = ledger.RootElement.GetProperty("next").GetInt64();
        await Eventually.TrueAsync(
            async () => (await Database.QueryAsync<bool>($"select movement >= {last} and attempt >= (select coalesce(max(id::text), '')::uuid from attempts) from ledger_comparisons")).Single(),
            "all is compared", TimeSpan.FromSeconds(20));
        var before = (await payments.Client.GetReconciliationAsync(new(), payments.AsOperator())).At;
        await Eventually.TrueAsync(async () => (await payments.Client.GetReconciliationAsync(new(), payments.AsOperator())).At != before, "and one comparison more");
    }

    public async Task<IReadOnlyList<(string Kind, bool Repaired)>> DifferencesOfAsync(PaymentsProcess payments, Guid orderId) =>
        [.. (await payments.Client.GetReconciliationAsync(new(), payments.AsOperator())).Differences
            .Where(difference => difference.OrderId == orderId.ToString()).Reverse().Select(difference => (difference.Kind, difference.Repaired))];

    public async Task<(long Sum, int Count)> RefundsOfAsync(Guid orderId)
    {
        var refunds = await Database.QueryAsync<long>(
            "select p.amount from transfers t join postings p on p.transfer_id = t.id and p.amount > 0 where t.order_id = @orderId and t.kind = 'refund'", new { orderId });
        return (refunds.Sum(), refunds.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await Idle.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
