using Shop.OrderHistory.Tests.Running;
using Shop.Testing;

namespace Shop.OrderHistory.Tests.Figures;

public sealed class FigureRetentionTests(RunningOrderHistory history) : IClassFixture<RunningOrderHistory>
{
    [Fact]
    public async Task Figures_per_minute_are_purged_after_a_week_and_per_day_after_a_year()
    {
        await history.Database.ExecuteAsync("""
            insert into minute_figures (minute, shard, name, value) values
                (now() - interval '7 days 1 minute', 0, 'old', 1), (now() - interval '6 days 23 hours 50 minutes', 0, 'young', 1), (now(), 0, 'now', 1);
            insert into day_figures (day, shard, name, value) values
                ((now() at time zone 'UTC')::date - 367, 0, 'old', 1), ((now() at time zone 'UTC')::date - 365, 0, 'young', 1), ((now() at time zone 'UTC')::date, 0, 'now', 1);
            """);

        await history.First.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["now", "young"], await history.Database.QueryAsync<string>("select name from minute_figures order by name"));
        Assert.Equal(["now", "young"], await history.Database.QueryAsync<string>("select name from day_figures order by name"));
    }
}
