namespace Shop.Testing;

/// <summary>What an upstream does that never answers.</summary>
public static class Unanswered
{
    /// <summary>Ends, as cancelled, when the caller has gone, and not before: no time passes by itself.</summary>
    public static Task UntilAsync(CancellationToken gone) => new TaskCompletionSource().Task.WaitAsync(gone);
}
