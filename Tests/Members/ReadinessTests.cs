using Shop.Members.Tests.Running;
using Shop.Testing;

namespace Shop.Members.Tests;

public sealed class ReadinessTests(RunningMembers members) : IClassFixture<RunningMembers>
{
    [Fact]
    public async Task What_is_rehearsed_before_the_service_is_ready_leaves_nothing_behind()
    {
        await using var replica = await members.CreateReplicaAsync(("WarmUp:Enabled", "true"));

        // This statistic counts inserted rows, committed or not.
        await Eventually.TrueAsync(async () => (await members.QueryAsync<long>(
            "select n_tup_ins from pg_stat_user_tables where relname in ('accounts', 'sessions', 'address_uses') order by relname")).All(inserted => inserted > 0), "it was rehearsed");
        Assert.Equal(
            ["accounts 1", "address_uses 0", "guessed_accounts 0", "outbox 0", "sessions 0"],
            await members.QueryAsync<string>("""
                select 'accounts ' || count(*) from accounts union all select 'address_uses ' || count(*) from address_uses union all
                select 'guessed_accounts ' || count(*) from guessed_accounts union all select 'outbox ' || count(*) from messaging.outbox union all
                select 'sessions ' || count(*) from sessions
                """));
    }
}
