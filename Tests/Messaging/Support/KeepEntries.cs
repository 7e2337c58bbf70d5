using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Support;

/// <summary>Stores a row per event.</summary>
internal sealed class KeepEntries(TestDb db, HandlerFault fault) : IHandle<Deposited>
{
    public Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
    {
        db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepEntries) });
        fault.Check(@event);
        return Task.CompletedTask;
    }
}
