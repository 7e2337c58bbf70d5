using Microsoft.EntityFrameworkCore;
using Shop.Testing;

namespace Shop.Sagas.Tests;

/// <summary>Runs that are paused for longer than their leases and resume when other runs, of another process or of the same, have taken over.</summary>
public sealed class FencingTests(Servers servers)
{
    private static readonly string[] Steps = ["one", "two", "three", "four", "finish"];

    /// <summary>Five sagas, each at another step when their process is paused (SIGSTOP). When it resumes, neither the steps' outcomes nor their consequences may be stored.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_stood_still_for_longer_than_its_leases_stores_nothing_of_the_steps_it_was_at(bool sameProcessTakesOver)
    {
        var database = await servers.Postgres.CreateDatabaseAsync();
        await using var watcher = await Replica.StartAsync(database, "localhost:1", _ => { }, null, (Replica.ObserverOnly, "true"));
        var sagas = await PausedSagas.BeginForOthersAsync(database, Steps);
        var stale = await PausedProcess.StartAsync(database, "localhost:1", $"sagas {string.Join(' ', sagas.Zip(Steps, (saga, step) => $"{saga}={step}"))}", until: "at all steps");

        Replica? successor = null;
        try
        {
            using (new Frozen([stale.Id]))
            {
                await Eventually.TrueAsync(async () => (await watcher.QueryAsync<bool>("select bool_and(lease_until < now()) as \"Value\" from sagas.saga where ended_at is null"))[0], "the leases have ended");
                if (!sameProcessTakesOver)
                {
                    successor = await PausedSagas.StartSuccessorAsync(database);
                    await AllCompleteAsync(watcher);
                }
            }
            await AllCompleteAsync(watcher);
            var (rows, calls) = (await RowsAsync(watcher), await CallsAsync(watcher));

            // Now the pending steps return.
            await PausedProcess.ResumeAsync(watcher);
            await Eventually.TrueAsync(async () => stale.HasExited || stale.HasPrinted("taken over by another run", Steps.Length) || !rows.SequenceEqual(await RowsAsync(watcher)),
                "the stale runs have ended, or have stored something", TimeSpan.FromSeconds(60));

            Assert.False(stale.HasExited, stale.Output);
            Assert.Equal(rows, await RowsAsync(watcher));
            Assert.Equal(["one done, two done, three done, four done, finish done"], await watcher.QueryAsync<string>("""
                select distinct steps as "Value" from (select string_agg(step || ' ' || outcome, ', ' order by seq) as steps from sagas.saga_log group by saga_id) logs
                """));
            // The interrupted steps were called twice with the same key, and no later one.
            Assert.All(sagas.Zip(Steps, (saga, step) => $"{saga}/{step}"), at => Assert.Equal(2, calls.Count(call => call == at)));
            Assert.Equal(calls.Where(IsStep), (await CallsAsync(watcher)).Where(IsStep));
            Assert.Equal(sagas.SelectMany(saga => Steps[..4].Select(step => $"{saga}/{step}/do")).Order(), await watcher.QueryAsync<string>("select id as \"Value\" from account where id like '%/do' and id not like '%/finish/do' order by id collate \"C\""));
            // A stale run may reach its end, but cannot commit the saga's transaction.
            Assert.Equal(Steps.Order(), await watcher.QueryAsync<string>("select account as \"Value\" from entry where consumer = 'finished' order by account"));
            Assert.Equal(Steps.Order(), await watcher.QueryAsync<string>("select key as \"Value\" from messaging.outbox order by key"));
        }
        finally
        {
            await stale.EndAsync();
            if (successor is not null)
                await successor.DisposeAsync();
        }
    }

    private static bool IsStep(string call) => !call.EndsWith("/finish", StringComparison.Ordinal);

    private static Task AllCompleteAsync(Replica replica) => Eventually.TrueAsync(async () =>
        (await replica.QueryAsync<string>("select distinct status as \"Value\" from sagas.saga")) is ["completed"], "other runs complete the sagas", TimeSpan.FromSeconds(60));

    private static Task<List<string>> RowsAsync(Replica replica) =>
        replica.QueryAsync<string>("select concat_ws(' ', id, version, status, step, state, attempts, ended_at) as \"Value\" from sagas.saga order by id");

    private static Task<List<string>> CallsAsync(Replica replica) =>
        replica.DoAsync(db => db.Entries.Where(entry => entry.Consumer == PausedSagas.Called).OrderBy(entry => entry.Id).Select(entry => entry.Account).ToListAsync());
}
