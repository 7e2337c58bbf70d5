using Npgsql;
using Shop.Chaos.Plans;
using Shop.Checker;
using Shop.Load.Running;

namespace Shop.Chaos.Running;

/// <summary>Lets the shop come to rest and checks the invariants.</summary>
internal sealed class Rest(ShopDocument document, ShopInfo shop, World world, Kills kills, RunSettings settings)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    public async Task<Report> CheckAsync(CancellationToken cancel)
    {
        await world.FinishAsync(cancel);
        await kills.WaitAsync(pause: null, settings.RecoversWithin, cancel);
        // A check reads everything: it is not repeated for as long as this says that something is open.
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < settings.RecoversWithin && await IsBusyAsync(cancel))
            await Task.Delay(PollInterval, cancel);
        return await Check.AtRestAsync(document, world.Record, settings.RecoversWithin, cancel);
    }

    private async Task<bool> IsBusyAsync(CancellationToken cancel) =>
        await AnyAsync("ordering", "select from orders where status in ('pending', 'cancelling')", cancel)
        || settings.HasCourier && await AnyAsync("shipping", "select from shipments where status in ('created', 'dispatched')", cancel);

    private async Task<bool> AnyAsync(string service, string rows, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(shop.DatabaseOf(service)) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancel);
            await using var command = new NpgsqlCommand($"select exists ({rows})", connection);
            return (bool)(await command.ExecuteScalarAsync(cancel))!;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}
