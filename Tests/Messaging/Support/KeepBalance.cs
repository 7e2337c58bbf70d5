using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests;

/// <summary>Adds up what was deposited, and keeps a line per event: twice applied or out of order shows in both.</summary>
internal sealed class KeepBalance(TestDb db) : IHandle<Deposited>
{
    public async Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
    {
        var account = await db.Accounts.FindAsync([@event.Account], cancel);
        account!.Balance += @event.Amount;
        db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepBalance) });
    }
}
