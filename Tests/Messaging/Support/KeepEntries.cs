using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests;

internal sealed class KeepEntries(TestDb db) : IHandle<Deposited>
{
    public Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
    {
        db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepEntries) });
        return Task.CompletedTask;
    }
}
