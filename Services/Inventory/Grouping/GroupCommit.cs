using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Inventory.Grouping;

/// <summary>One transaction for all the commands: for each, in their order, null or why it is refused.</summary>
internal delegate Task<IReadOnlyList<ShopException?>> GroupTransaction<in TCommand>(IReadOnlyList<TCommand> commands, CancellationToken cancel);

/// <summary>
/// Group commit. While a transaction of a queue is running, commands that arrive wait, and the next transaction takes them all. A product that a thousand buyers
/// order at once then costs one lock, one commit and one connection per group instead of per buyer; a single command starts at once.
/// The first waiting command leads the next group: its caller runs the transaction in its own scope and trace. There is no background worker.
/// A transaction whose callers have all cancelled is cancelled.
/// </summary>
internal sealed class GroupCommit<TCommand>(IOptions<GroupOptions> options, GroupMetrics metrics)
{
    private readonly Lock _gate = new();
    // Has an entry for each queue whose transaction is running.
    private readonly Dictionary<Guid, Queue<PendingCommand>> _queues = [];

    /// <summary>Runs the command in a group. Throws the refusal or failure of this command only.</summary>
    /// <param name="queue">Commands of different queues do not wait for each other.</param>
    /// <param name="cancel">Removes the command from the queue. A command whose transaction is running may still take effect.</param>
    public async Task RunAsync(Guid queue, TCommand command, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var pending = new PendingCommand(command, cancel);
        bool leads;
        lock (_gate)
        {
            leads = !_queues.TryGetValue(queue, out var waiting);
            if (leads)
                _queues.Add(queue, []);
            else
                waiting!.Enqueue(pending);
        }

        if (!leads)
        {
            await using var registration = cancel.UnsafeRegister(static (pending, cancel) => ((PendingCommand)pending!).Turn.TrySetCanceled(cancel), pending);
            leads = await pending.Turn.Task;
        }

        if (leads)
            await LeadAsync(queue, pending, transaction);
        if (pending.Refusal is { } refusal)
            throw refusal;
    }

    private async Task LeadAsync(Guid queue, PendingCommand leader, GroupTransaction<TCommand> transaction)
    {
        var group = TakeGroup(queue, leader);
        using var callers = new CallerGroupCancellation(group.Select(pending => pending.Cancel));
        metrics.Committed<TCommand>(group.Count);
        Activity.Current?.SetTag("shop.inventory.group_size", group.Count);
        try
        {
            await ExecuteAsync(group, transaction, callers.Cancelled);
        }
        catch (Exception failure) when (group.Count > 1 && failure is not (DbException or TimeoutException or OperationCanceledException) && failure.InnerException is not DbException)
        {
            // One command made the transaction fail: run each alone, so that only that one fails.
            foreach (var pending in group)
                await ExecuteAloneAsync(pending, pending == leader, transaction, callers.Cancelled);
        }
        catch (Exception failure)
        {
            foreach (var pending in group)
                pending.Turn.TrySetException(failure);
            throw;
        }
        finally
        {
            StartNext(queue);
        }

        if (leader.Failure is { } mine)
            throw mine;
    }

    private static async Task ExecuteAsync(List<PendingCommand> group, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        var answers = await transaction(group.ConvertAll(pending => pending.Command), cancel);
        foreach (var (pending, answer) in group.Zip(answers))
        {
            pending.Refusal = answer;
            pending.Turn.TrySetResult(false);
        }
    }

    private static async Task ExecuteAloneAsync(PendingCommand pending, bool isLeader, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        try
        {
            await ExecuteAsync([pending], transaction, cancel);
        }
        catch (Exception failure)
        {
            if (isLeader)
                pending.Failure = failure;
            else
                pending.Turn.TrySetException(failure);
        }
    }

    private List<PendingCommand> TakeGroup(Guid queue, PendingCommand leader)
    {
        var group = new List<PendingCommand> { leader };
        lock (_gate)
        {
            while (group.Count < options.Value.Largest && _queues[queue].TryDequeue(out var next))
            {
                if (!next.Turn.Task.IsCompleted)     // else its caller has cancelled
                    group.Add(next);
            }
        }

        return group;
    }

    private void StartNext(Guid queue)
    {
        lock (_gate)
        {
            while (_queues[queue].TryDequeue(out var next))
            {
                if (next.Turn.TrySetResult(true))
                    return;
            }

            _queues.Remove(queue);
        }
    }

    private sealed class PendingCommand(TCommand command, CancellationToken cancel)
    {
        public TCommand Command { get; } = command;

        public CancellationToken Cancel { get; } = cancel;

        /// <summary>True: it leads the next group. False: it was answered.</summary>
        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ShopException? Refusal { get; set; }

        public Exception? Failure { get; set; }
    }
}
