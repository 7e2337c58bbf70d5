using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>An outage of the provider until the checkout's deadline. (For a shorter one see <see cref="PatternTests"/>.)</summary>
public sealed class ProviderOutageTests(RunningShop shop) : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    public async ValueTask DisposeAsync() => await shop.IsWholeAsync();

    [Fact]
    public async Task The_order_waits_and_is_rejected_at_its_deadline_with_nothing_captured()
    {
        var (member, @operator) = (await shop.SignUpAsync(), await shop.OperatorAsync());
        var product = await shop.ProductWithStockAsync(5);
        Order order;

        await using (await shop.NoProviderAsync())
        {
            order = await member.PlaceOrderAsync(product, 2);
            var saga = await SagaOfAsync(order);
            JsonElement tried = default;
            await Eventually.TrueAsync(
                async () => (tried = await @operator.GetAsync($"/api/v1/ops/sagas/{saga}")).GetProperty("attempts").GetInt32() > 1, "the provider was called in vain", Timeout);
            Assert.Equal(("running", "authorise payment"), (tried.GetProperty("state").GetString(), tried.GetProperty("step").GetString()));
            var last = tried.GetProperty("steps").EnumerateArray().Last();
            Assert.Equal("failed", last.GetProperty("outcome").GetString());
            Assert.Contains("payment provider", last.GetProperty("error").GetString(), StringComparison.Ordinal);
            await Eventually.TrueAsync(async () => StatusOf(await order.GetAsync()) == ("pending", "pending"), "the order's page says that its payment waits", Timeout);
            Assert.Equal(3, await shop.StockOfAsync(product));

            await EndDeadlineAsync(saga);
            var rejected = await order.BecomesAsync("rejected", Timeout);
            Assert.Equal("timed_out", rejected.GetProperty("reason").GetString());
            Assert.Equal(5, await shop.StockOfAsync(product));
        }

        // The authorisation may still be in flight: Payments queries the provider after the outage.
        await Eventually.TrueAsync(async () => StatusOf(await order.GetAsync()) == ("rejected", "voided"), "the payment is voided", Timeout);
        Assert.DoesNotContain(await shop.ChargesOfAsync(order.Id), charge => !charge.GetProperty("voided").GetBoolean());
    }

    // An unavailable part of a page is null.
    private static (string? Order, string? Payment) StatusOf(JsonElement order) => (
        order.GetProperty("status").GetString(),
        order.GetProperty("payment") is { ValueKind: JsonValueKind.Object } payment ? payment.GetProperty("status").GetString() : null);

    private async Task<Guid> SagaOfAsync(Order order)
    {
        await using var ordering = await OpenAsync();
        await using var command = new NpgsqlCommand("select id from sagas.saga where subject = $1", ordering) { Parameters = { new() { Value = order.Id } } };
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Sets the saga's deadline to now.</summary>
    private async Task EndDeadlineAsync(Guid saga)
    {
        await using var ordering = await OpenAsync();
        await using var command = new NpgsqlCommand("update sagas.saga set within = now() - started_at where id = $1", ordering) { Parameters = { new() { Value = saga } } };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(shop.Info.DatabaseOf("ordering"));
        await connection.OpenAsync();
        return connection;
    }
}
