using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Support;

/// <summary>Adds up the deposits and stores a row per event: both show duplicates and a wrong order.</summary>
internal sealed class KeepBalance(TestDb db) : IHandle<Deposited>
{
    public async Task HandleAsync(Deposited @event, EventContext context, CancellationToken cancel)
    {
        var account = await db.Accounts.FindAsync([@event.Account], cancel);
        account!.Balance += @event.Amount;
        db.Entries.Add(new() { Account = @event.Account, Sequence = @event.Sequence, Consumer = nameof(KeepBalance) });
    }
}
