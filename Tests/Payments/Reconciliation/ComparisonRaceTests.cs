using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Npgsql;
using Shop.Payments.Tests.Running;
using Shop.Testing;

namespace Shop.Payments.Tests.Reconciliation;

/// <summary>The comparison while others write, when its process dies, and in two replicas.</summary>
public sealed class ComparisonRaceTests(ComparedPayments compared) : IClassFixture<ComparedPayments>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_before_the_comparison_leaves_it_nothing_to_repair()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 300);
        await WebhookAsync(compared.Idle, order, 300);
        await WebhookAsync(compared.Idle, order, 300);

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        Assert.Empty(await compared.DifferencesOfAsync(payments, order.Id));
        Assert.Equal((300, 1), await compared.RefundsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_webhook_after_the_comparison_changes_nothing()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 300);
        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);

        await WebhookAsync(compared.Idle, order, 300);

        Assert.Equal([("missing_refund", true)], await compared.DifferencesOfAsync(payments, order.Id));
        Assert.Equal((300, 1), await compared.RefundsOfAsync(order.Id));
        Assert.Equal(300, (await payments.GetAsync(order)).Refunded.Amount);
    }

    [Fact]
    public async Task A_webhook_during_the_repair_records_the_refund_once()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 300);
        Task webhook;
        PaymentsProcess payments;
        await using (await LockAsync("differences"))
        {
            payments = await compared.NewReplicaAsync(("Reconciliation__Lease", "00:01:00"));
            await StalledAsync(1);
            webhook = WebhookAsync(compared.Idle, order, 300);
            // The intent is locked by the page's transaction.
            await Eventually.TrueAsync(async () => await WaitingAsync() >= 2 || webhook.IsCompleted, "the webhook waits");
        }

        await using var _ = payments;
        await webhook;
        await compared.ComparedAsync(payments);

        Assert.Equal((300, 1), await compared.RefundsOfAsync(order.Id));
        Assert.Equal(["PaymentAuthorised", "PaymentCaptured", "PaymentRefunded"], await compared.Database.EventsOfAsync(order.Id));
    }

    [Fact]
    public async Task A_replica_that_is_killed_before_its_commit_leaves_neither_repair_nor_cursor()
    {
        var order = await compared.CapturedAsync();
        await compared.RefundAsync(order, 300);
        var cursor = await CursorAsync();
        await using (await LockAsync("differences"))
        await using (var victim = await compared.NewReplicaAsync())
        {
            await StalledAsync(1);
            await victim.KillAsync();
            Assert.Equal(cursor, await CursorAsync());
            Assert.Equal((0, 0), await compared.RefundsOfAsync(order.Id));
        }

        await Eventually.TrueAsync(async () => await WaitingAsync() == 0, "its transaction is rolled back");

        Assert.Equal(cursor, await CursorAsync());
        Assert.Equal((0, 0), await compared.RefundsOfAsync(order.Id));

        await using var payments = await compared.NewReplicaAsync();
        await compared.ComparedAsync(payments);
        Assert.Equal((300, 1), await compared.RefundsOfAsync(order.Id));
        Assert.Equal([("missing_refund", true)], await compared.DifferencesOfAsync(payments, order.Id));
    }

    [Fact]
    public async Task A_replica_that_stood_still_for_longer_than_its_claim_and_the_one_that_took_over_compare_each_movement_once()
    {
        var orders = new List<TestOrder>();
        for (var i = 0; i < 5; i++)
            orders.Add(await compared.CapturedAsync());
        foreach (var order in orders)
            await compared.RefundAsync(order, 300);

        PaymentsProcess one, other;
        await using (await LockAsync("transfers"))
        {
            one = await compared.NewReplicaAsync();
            other = await compared.NewReplicaAsync();
            await StalledAsync(2);
        }

        await using var first = one;
        await using var second = other;
        await compared.ComparedAsync(other);

        foreach (var order in orders)
        {
            Assert.Equal([("missing_refund", true)], await compared.DifferencesOfAsync(other, order.Id));
            Assert.Equal((300, 1), await compared.RefundsOfAsync(order.Id));
        }

        var (counted, seen, attempts) = (await compared.Database.QueryAsync<(long, long, long)>(
            "select compared, (select count(*) from seen_movements), (select count(*) from attempts) from ledger_comparisons")).Single();
        Assert.True(counted >= seen + attempts, $"{counted} were compared, of {seen} movements and {attempts} attempts");
    }

    /// <summary>
    /// <c>differences</c> holds a page's transaction after its repair and before its commit, <c>transfers</c> a page that was read before its transaction. Ends with the
    /// connection.
    /// </summary>
    private async Task<NpgsqlConnection> LockAsync(string table)
    {
        var connection = new NpgsqlConnection(compared.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var hold = new NpgsqlCommand($"begin; lock table {table} in {(table == "transfers" ? "access exclusive" : "share row exclusive")} mode", connection);
        await hold.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    private Task StalledAsync(int replicas) =>
        Eventually.TrueAsync(async () => await WaitingAsync() >= replicas, $"{replicas} replicas wait for the lock", TimeSpan.FromSeconds(20));

    private async Task<long> WaitingAsync() => (await compared.Database.QueryAsync<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).Single();

    private async Task<long> CursorAsync() => (await compared.Database.QueryAsync<long>("select movement from ledger_comparisons")).Single();

    private static async Task WebhookAsync(PaymentsProcess payments, TestOrder order, long refunded)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = $"evt_{Guid.CreateVersion7():N}",
            type = "charge.refunded",
            charge = new
            {
                id = "ch_1", status = "partially_refunded", idempotencyKey = $"{order.Id}/authorise", currency = "KRW", amount = order.Amount, captured = order.Amount, refunded,
            },
        });
        var t = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{t}."), .. body];
        var signature = $"t={t},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secrets.Webhook), signed))}";
        await payments.Client.ReceiveWebhookAsync(new() { Body = ByteString.CopyFrom(body), Signature = signature }, payments.As("gateway"));
    }
}
