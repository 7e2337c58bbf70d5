using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests;

/// <summary>Keeps a line per event.</summary>
internal sealed class KeepEntries(TestDb db, Trouble trouble) : IHandle<Deposited>
{
    public Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
    {
        db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepEntries) });
        trouble.Check(@event);
        return Task.CompletedTask;
    }
}
