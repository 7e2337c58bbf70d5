using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Sagas;

namespace Shop.Messaging.Tests.Support.Paused;

/// <summary>
/// A process that runs sagas, and pauses the first run of each at a given step. A step's effect is stored by its idempotency key, as by every upstream; each call also adds
/// an <see cref="Entry"/>.
/// </summary>
internal static class PausedSagas
{
    public const string Called = "called";

    private static (string, string)[] Settings { get; } =
    [
        ("Sagas:Lease", "00:00:03"),
        ("Sagas:StepTimeout", "00:00:02.9"),
        ("Sagas:Interval", "00:00:00.2"),
    ];

    /// <param name="pauses"><c>saga=step</c></param>
    public static async Task<int> RunAsync(string database, string[] pauses)
    {
        var first = new ConcurrentDictionary<string, byte>(pauses.Select(pause => KeyValuePair.Create(pause, (byte)0)));
        var running = pauses.Length;
        await using var replica = await StartAsync(database, async (replica, step) =>
        {
            if (!first.TryRemove($"{step.SagaId}={step.Step}", out _))
                return;
            if (Interlocked.Decrement(ref running) == 0)
                Console.WriteLine("at all steps");
            await PausedProcess.UntilResumedAsync(replica);
        });
        await replica.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Another replica, without pauses.</summary>
    public static Task<Replica> StartSuccessorAsync(string database) => StartAsync(database, (_, _) => Task.CompletedTask);

    /// <summary>Started by a replica that never runs, so that the next one claims them.</summary>
    public static async Task<List<Guid>> BeginForOthersAsync(string database, IEnumerable<string> accounts)
    {
        await using var starter = Replica.Build(database, "localhost:1", Messaging);
        return await starter.DoAsync(async db =>
        {
            List<Guid> ids = [.. accounts.Select(account => db.Start(new TestState { Account = account }))];
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"update sagas.saga set lease_until = now()");
            return ids;
        });
    }

    private static async Task<Replica> StartAsync(string database, Func<Replica, StepContext, Task> at)
    {
        var steps = new Steps();
        var replica = Replica.Build(database, "localhost:1", Messaging, services => services.AddSingleton(steps).AddSingleton<ILoggerProvider, ConsoleLog>(), Settings);
        steps.OnOther(async (step, _) =>
        {
            await replica.DoAsync(db => db.Database.ExecuteSqlAsync($"""
                with called as (insert into entry (account, sequence, consumer) values ({step.SagaId + "/" + step.Step}, {Environment.ProcessId}, {Called}))
                insert into account (id, balance, sequence) values ({step.IdempotencyKey}, 0, 0) on conflict do nothing
                """));
            await at(replica, step);
            return StepResult.Done;
        });
        await replica.StartAsync();
        return replica;
    }

    private static void Messaging(MessagingBuilder messaging) => messaging.Publishes("shop.testing.v1");
}
