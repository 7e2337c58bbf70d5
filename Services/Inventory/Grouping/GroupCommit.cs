using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;

namespace Shop.Inventory.Grouping;

/// <summary>One transaction for all the commands: for each, in their order, null or why it is refused.</summary>
internal delegate Task<IReadOnlyList<ShopException?>> GroupTransaction<in TCommand>(IReadOnlyList<TCommand> commands, CancellationToken cancel);

/// <summary>
/// Group commit. The commands of one line come one group after the other: while a transaction is under way, those that arrive wait, and the next transaction takes
/// them all. A product that a thousand want at once then costs a lock and a commit per group, not per buyer, and only one connection; a command that comes alone
/// starts at once and waits for nobody.
/// The first of those that wait leads: it runs the group's transaction in its own scope and trace. There is no background loop, and nothing to start or stop.
/// A transaction whose callers have all gone is given up.
/// </summary>
internal sealed class GroupCommit<TCommand>(IOptions<GroupOptions> options, GroupMetrics metrics)
{
    private readonly Lock _gate = new();
    // A line is in here as long as a group of it is under way.
    private readonly Dictionary<Guid, Queue<Seat>> _lines = [];

    /// <summary>Runs the command with those that came meanwhile. Throws what it is answered; the others' answers are theirs.</summary>
    /// <param name="line">Commands of different lines do not wait for each other.</param>
    /// <param name="cancel">Leaves the queue. A command that is under way already may still have its effect.</param>
    public async Task RunAsync(Guid line, TCommand command, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var seat = new Seat(command, cancel);
        bool leads;
        lock (_gate)
        {
            leads = !_lines.TryGetValue(line, out var waiting);
            if (leads)
                _lines.Add(line, []);
            else
                waiting!.Enqueue(seat);
        }

        if (!leads)
        {
            await using var leaving = cancel.UnsafeRegister(static (seat, cancel) => ((Seat)seat!).Turn.TrySetCanceled(cancel), seat);
            leads = await seat.Turn.Task;
        }

        if (leads)
            await LeadAsync(line, seat, transaction);
        if (seat.Refusal is { } refusal)
            throw refusal;
    }

    private async Task LeadAsync(Guid line, Seat leader, GroupTransaction<TCommand> transaction)
    {
        var group = Gather(line, leader);
        using var audience = new Audience(group.Select(seat => seat.Gone));
        metrics.Committed<TCommand>(group.Count);
        Activity.Current?.SetTag("shop.inventory.group_size", group.Count);
        try
        {
            await AnswerAsync(group, transaction, audience.HasGone);
        }
        catch (Exception failure) when (group.Count > 1 && failure is not (DbException or TimeoutException or OperationCanceledException) && failure.InnerException is not DbException)
        {
            // Something is wrong with one of them: each alone, so that only that one hears of it.
            foreach (var seat in group)
                await AloneAsync(seat, seat == leader, transaction, audience.HasGone);
        }
        catch (Exception failure)
        {
            foreach (var seat in group)
                seat.Turn.TrySetException(failure);
            throw;
        }
        finally
        {
            HandOver(line);
        }

        if (leader.Failure is { } mine)
            throw mine;
    }

    private static async Task AnswerAsync(List<Seat> group, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        var answers = await transaction(group.ConvertAll(seat => seat.Command), cancel);
        foreach (var (seat, answer) in group.Zip(answers))
        {
            seat.Refusal = answer;
            seat.Turn.TrySetResult(false);
        }
    }

    private static async Task AloneAsync(Seat seat, bool isLeader, GroupTransaction<TCommand> transaction, CancellationToken cancel)
    {
        try
        {
            await AnswerAsync([seat], transaction, cancel);
        }
        catch (Exception failure)
        {
            if (isLeader)
                seat.Failure = failure;
            else
                seat.Turn.TrySetException(failure);
        }
    }

    private List<Seat> Gather(Guid line, Seat leader)
    {
        var group = new List<Seat> { leader };
        lock (_gate)
        {
            while (group.Count < options.Value.Largest && _lines[line].TryDequeue(out var next))
            {
                if (!next.Turn.Task.IsCompleted)     // else its caller has gone
                    group.Add(next);
            }
        }

        return group;
    }

    private void HandOver(Guid line)
    {
        lock (_gate)
        {
            while (_lines[line].TryDequeue(out var next))
            {
                if (next.Turn.TrySetResult(true))
                    return;
            }

            _lines.Remove(line);
        }
    }

    private sealed class Seat(TCommand command, CancellationToken gone)
    {
        public TCommand Command { get; } = command;

        public CancellationToken Gone { get; } = gone;

        /// <summary>True: it leads the next group. False: it was answered.</summary>
        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ShopException? Refusal { get; set; }

        public Exception? Failure { get; set; }
    }
}
