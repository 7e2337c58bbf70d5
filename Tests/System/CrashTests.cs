using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>
/// Both replicas of Ordering are killed while a step is running: a lock on the row that the step needs blocks it at the upstream,
/// so the kill is always after the previous step and before this step's outcome. The step itself may or may not take effect.
/// </summary>
public sealed class CrashTests(RunningShop shop) : IAsyncDisposable
{
    private static readonly TimeSpan Ends = TimeSpan.FromSeconds(120);

    public static TheoryData<string, string, string> Steps => new()
    {
        { "reserve stock", "inventory", "select 1 from stock where product_id = @product for update" },
        { "confirm stock", "inventory", "select 1 from reservations where order_id = @order for update" },
        { "confirm order", "ordering", "select 1 from orders where id = @order for update" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Ordering_killed_during_a_step_of_the_shop_still_ends_the_order(string step, string service, string rowItNeeds)
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        Order order;

        await using (var slow = await shop.SlowProviderAsync(TimeSpan.FromMilliseconds(step == "reserve stock" ? 0 : 700)))
        await using (var connection = new NpgsqlConnection(shop.Info.DatabaseOf(service)))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            if (step == "reserve stock")
            {
                await HoldAsync(connection, rowItNeeds, product, order: null);
                order = await member.PlaceOrderAsync(product, 2);
            }
            else
            {
                // The payment is slow, so the row can be locked before its step starts.
                order = await member.PlaceOrderAsync(product, 2);
                await Eventually.TrueAsync(() => HoldAsync(connection, rowItNeeds, product, order), "the row is there and held", TimeSpan.FromSeconds(10));
            }

            await StepIsWaitingAsync(service);
            await shop.Info.KillAsync("ordering");
            await transaction.RollbackAsync();
        }

        await EndsWellAsync(order, product);
    }

    [Theory]
    [InlineData("authorise payment", 0)]
    [InlineData("capture payment", 1)]
    public async Task Ordering_killed_during_a_provider_call_still_ends_the_order(string step, int chargesBefore)
    {
        var member = await shop.SignUpAsync();
        var product = await shop.ProductWithStockAsync(5);
        Order order;

        await using (await shop.SlowProviderAsync(TimeSpan.FromSeconds(2)))
        {
            order = await member.PlaceOrderAsync(product, 2);
            var done = chargesBefore == 0 ? "reserve stock" : "confirm stock";
            await Eventually.TrueAsync(() => IsLoggedAsync(order, done), $"'{done}' is done", TimeSpan.FromSeconds(30));
            await shop.Info.KillAsync("ordering");
        }

        await EndsWellAsync(order, product);
        Assert.True(await IsLoggedAsync(order, step));
    }

    public async ValueTask DisposeAsync() => await shop.IsWholeAsync();

    private async Task EndsWellAsync(Order placed, Product product)
    {
        await placed.BecomesAsync("confirmed", Ends);

        Assert.Equal(3, await shop.StockOfAsync(product));
        var charge = Assert.Single(await shop.ChargesOfAsync(placed.Id));
        Assert.Equal(2 * product.Price, charge.GetProperty("captured").GetInt64());
    }

    private static async Task<bool> HoldAsync(NpgsqlConnection connection, string row, Product product, Order? order)
    {
        await using var command = new NpgsqlCommand(row, connection);
        command.Parameters.AddWithValue("product", Guid.Parse(product.Id));
        command.Parameters.AddWithValue("order", Guid.Parse(order?.Id ?? product.Id));
        return await command.ExecuteScalarAsync() is not null;
    }

    private async Task StepIsWaitingAsync(string service)
    {
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf(service));
        await connection.OpenAsync();
        await Eventually.TrueAsync(async () =>
        {
            await using var waiting = new NpgsqlCommand("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()", connection);
            return (long)(await waiting.ExecuteScalarAsync())! > 0;
        }, "the step waits for the row", TimeSpan.FromSeconds(30));
    }

    private async Task<bool> IsLoggedAsync(Order order, string step)
    {
        await using var connection = new NpgsqlConnection(shop.Info.DatabaseOf("ordering"));
        await connection.OpenAsync();
        await using var logged = new NpgsqlCommand(
            "select exists (select from sagas.saga_log l join sagas.saga s on s.id = l.saga_id where s.subject = @order and l.step = @step)", connection);
        logged.Parameters.AddWithValue("order", order.Id);
        logged.Parameters.AddWithValue("step", step);
        return (bool)(await logged.ExecuteScalarAsync())!;
    }
}
