using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Inventory.Grouping;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.Testing;

namespace Shop.Inventory.Tests.Grouping;

public sealed class GroupCommitTests
{
    private static readonly Guid Queue = Guid.CreateVersion7();

    private readonly TaskCompletionSource _hold = new();
    private readonly List<int[]> _groups = [];
    private readonly GroupCommit<int> _commits;

    public GroupCommitTests() => _commits = new(
        Options.Create(new GroupOptions { Largest = 3 }),
        new GroupMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()));

    [Fact]
    public async Task Waiting_commands_share_the_next_transactions_in_the_order_of_arrival()
    {
        var all = Enumerable.Range(1, 6).Select(i => RunAsync(i)).ToList();
        Assert.Equal([[1]], _groups);       // the first did not wait

        _hold.SetResult();
        await Task.WhenAll(all);

        Assert.Equal([[1], [2, 3, 4], [5, 6]], _groups);
        await RunAsync(7);
        Assert.Equal([7], _groups[^1]);
    }

    [Fact]
    public async Task Queues_do_not_wait_for_each_other()
    {
        var held = RunAsync(1);

        await _commits.RunAsync(Guid.CreateVersion7(), 2, (_, _) => Task.FromResult<IReadOnlyList<ShopException?>>([null]), TestContext.Current.CancellationToken);

        Assert.False(held.IsCompleted);
        _hold.SetResult();
        await held;
    }

    [Fact]
    public async Task Each_gets_its_own_answer()
    {
        var all = Enumerable.Range(1, 4).Select(i => RunAsync(-i)).ToList();
        _hold.SetResult();

        for (var i = 0; i < 4; i++)
            Assert.Equal($"number {-i - 1}", (await Assert.ThrowsAsync<RefusedException>(() => all[i])).Message);
    }

    [Fact]
    public async Task A_cancelled_command_is_not_executed()
    {
        using var caller = new CancellationTokenSource();
        var (first, gone, last) = (RunAsync(1), RunAsync(2, caller.Token), RunAsync(3));

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _hold.SetResult();
        await Task.WhenAll(first, last);

        Assert.Equal([[1], [3]], _groups);
    }

    [Fact]
    public async Task A_transaction_is_cancelled_when_the_last_of_its_callers_has_cancelled()
    {
        using CancellationTokenSource early = new(), late = new();
        var begun = new TaskCompletionSource();
        var given = new TaskCompletionSource();
        var first = RunAsync(1);
        var leader = _commits.RunAsync(Queue, 2, NeverAsync, early.Token);
        var follower = _commits.RunAsync(Queue, 3, NeverAsync, late.Token);
        _hold.SetResult();
        await first;
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await early.CancelAsync();
        Assert.False(given.Task.IsCompleted);
        await late.CancelAsync();

        await given.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower);
        await RunAsync(4);      // the queue continues

        async Task<IReadOnlyList<ShopException?>> NeverAsync(IReadOnlyList<int> commands, CancellationToken cancel)
        {
            cancel.Register(given.SetResult);
            begun.SetResult();
            await Unanswered.UntilAsync(cancel);
            return [];
        }
    }

    [Fact]
    public async Task A_command_that_fails_fails_alone_and_the_queue_continues()
    {
        var all = new[] { 1, 2, 13, 4, 5 }.Select(i => RunAsync(i)).ToList();
        _hold.SetResult();

        await Assert.ThrowsAsync<InvalidOperationException>(() => all[2]);
        await Task.WhenAll(all.Where((_, i) => i != 2));
        await RunAsync(6);
    }

    private Task RunAsync(int command, CancellationToken cancel = default) => _commits.RunAsync(Queue, command, TransactAsync, cancel);

    private async Task<IReadOnlyList<ShopException?>> TransactAsync(IReadOnlyList<int> commands, CancellationToken cancel)
    {
        _groups.Add([.. commands]);
        await _hold.Task.WaitAsync(cancel);
        if (commands.Contains(13))
            throw new InvalidOperationException("Thirteen.");
        return [.. commands.Select(command => command < 0 ? new RefusedException("negative", $"number {command}") : null)];
    }
}
