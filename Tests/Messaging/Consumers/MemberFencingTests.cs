using Microsoft.EntityFrameworkCore;
using Shop.Testing;

namespace Shop.Messaging.Tests.Consumers;

/// <summary>A member whose process is paused (SIGSTOP) in a transaction for longer than its session: its partition is assigned to another member.</summary>
public sealed class MemberFencingTests(Servers servers)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    /// <summary>Its transaction is still open: the other member waits for it at the inbox, and then drops the events as known.</summary>
    [Fact]
    public async Task A_member_that_ends_its_transaction_after_its_partition_went_to_another_has_applied_it_once()
    {
        await using var group = await StartAsync(transactionTimeout: "00:01:00");
        await using var successor = await group.PauseAsync(async () =>
        {
            var successor = await group.StartSuccessorAsync();
            await group.SendAsync(4, 6);
            await Eventually.TrueAsync(async () => (await group.Watcher.QueryAsync<bool>("""
                select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%messaging.inbox%') as "Value"
                """))[0], "the successor waits at the inbox", Long);
            await PausedProcess.ResumeAsync(group.Watcher);
            return successor;
        });
        await Eventually.TrueAsync(() => group.Stale.HasPrinted("the transaction is over") && group.Stale.HasPrinted("Partitions revoked"), "it has ended its transaction and noticed its loss", Long);
        await AllIsAppliedOnceAsync(group);
    }

    /// <summary>The server has ended its transaction, the other member has applied the events and left, and the partition is assigned to it again. Then the handler resumes.</summary>
    [Fact]
    public async Task A_member_that_gets_its_partition_back_commits_no_offset_of_the_batch_that_it_had_in_hand_before()
    {
        await using var group = await StartAsync(transactionTimeout: "00:00:02");
        await using var successor = await group.PauseAsync(async () =>
        {
            var successor = await group.StartSuccessorAsync();
            await group.SendAsync(4, 6);
            await group.Offsets.ReachAsync(6);
            return successor;
        });
        await Eventually.TrueAsync(() => group.Stale.HasPrinted("Partitions revoked"), "it has noticed its loss", Long);
        await successor.StopAsync();
        await Eventually.TrueAsync(() => group.Stale.HasPrinted("Partitions assigned", 2), "it has its partition back", Long);
        await PausedProcess.ResumeAsync(group.Watcher);
        await Eventually.TrueAsync(() => group.Stale.HasPrinted("the transaction is over"), "the batch in hand is over", Long);
        await AllIsAppliedOnceAsync(group);
    }

    private async Task<PausedGroup> StartAsync(string transactionTimeout) =>
        await PausedGroup.StartAsync(await servers.BrokerAsync(), await servers.Postgres.CreateDatabaseAsync(), transactionTimeout);

    private static async Task AllIsAppliedOnceAsync(PausedGroup group)
    {
        Assert.False(group.Stale.HasExited, group.Stale.Output);
        await group.SendAsync(7, 7);
        await group.Offsets.ReachAsync(7);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], await group.Watcher.DoAsync(db => db.Entries.OrderBy(entry => entry.Id).Select(entry => entry.Sequence).ToListAsync()));
        Assert.Equal(group.Offsets.Seen.Order(), group.Offsets.Seen);
    }
}
