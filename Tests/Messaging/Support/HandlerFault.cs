using Shop.Messaging.Tests.V1;

namespace Shop.Messaging.Tests.Support;

/// <summary>Makes a handler fail where a test wants it.</summary>
internal sealed class HandlerFault(Func<Deposited, bool> where, Func<int, Exception?> failure)
{
    public static HandlerFault None => new(_ => false, _ => null);

    public int Attempts { get; private set; }

    public bool IsOver { get; set; }

    public void Check(Deposited @event)
    {
        if (!IsOver && where(@event) && failure(++Attempts) is { } exception)
            throw exception;
    }
}
