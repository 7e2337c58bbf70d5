namespace Shop.Testing;

/// <summary>An upstream that never responds.</summary>
public static class Unanswered
{
    /// <summary>Ends, as cancelled, when the caller cancels, and never otherwise.</summary>
    public static Task UntilAsync(CancellationToken gone) => new TaskCompletionSource().Task.WaitAsync(gone);
}
