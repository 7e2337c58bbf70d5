using Microsoft.Extensions.Time.Testing;
using Shop.Persistence;
using Shop.Persistence.Workers;
using Shop.Testing;

namespace Shop.Persistence.Tests;

public sealed class RecurringWorkerTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private readonly DatabaseReadiness _database = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task It_waits_for_the_database_and_then_for_as_long_as_each_round_says()
    {
        using var worker = new CountingWorker(_database, _clock, round => round < 3 ? Wait : null);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, worker.Rounds);

        _database.Migrated();
        await RoundsAsync(worker, 1);
        await NextRoundAsync(worker, Wait, 2);
        await NextRoundAsync(worker, Wait, 3);

        await worker.ExecuteTask!;                       // the third round was the last
        Assert.Empty(worker.Failures);
    }

    [Fact]
    public async Task A_round_that_fails_is_reported_and_repeated()
    {
        var failure = new InvalidOperationException("once");
        using var worker = new CountingWorker(_database, _clock, round => round == 1 ? throw failure : null);
        _database.Migrated();
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await RoundsAsync(worker, 1);
        await NextRoundAsync(worker, AfterFailure, 2);

        await worker.ExecuteTask!;
        Assert.Equal([failure], worker.Failures);
    }

    [Fact]
    public async Task A_failure_that_is_thrown_on_ends_it()
    {
        using var worker = new CountingWorker(_database, _clock, _ => throw new NotSupportedException("for good"));
        _database.Migrated();
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<NotSupportedException>(() => worker.ExecuteTask!);
    }

    [Fact]
    public async Task Stopped_while_it_waits_it_ends_without_a_failure()
    {
        using var worker = new CountingWorker(_database, _clock, _ => Wait);
        _database.Migrated();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await RoundsAsync(worker, 1);

        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(worker.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(worker.Failures);
    }

    private static Task RoundsAsync(CountingWorker worker, int rounds) => Eventually.TrueAsync(() => worker.Rounds == rounds, $"round {rounds} has begun");

    private async Task NextRoundAsync(CountingWorker worker, TimeSpan wait, int round)
    {
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(wait / 10);               // the wait may begin only now
                return worker.Rounds == round;
            }, $"round {round} has begun");
    }

    private sealed class CountingWorker(DatabaseReadiness database, TimeProvider clock, Func<int, TimeSpan?> run) : RecurringWorker(database, clock)
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        public List<Exception> Failures { get; } = [];

        protected override Task<TimeSpan?> RunAsync(CancellationToken stopping) => Task.FromResult(run(Interlocked.Increment(ref _rounds)));

        protected override TimeSpan OnFailure(Exception failure)
        {
            if (failure is NotSupportedException)
                throw failure;
            Failures.Add(failure);
            return AfterFailure;
        }
    }
}
