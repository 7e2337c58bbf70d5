using System.Diagnostics;

namespace Shop.Testing;

/// <summary>Waits for a condition with a deadline: the only way a test waits.</summary>
public static class Eventually
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        IsAsync(async () => await condition() ? (object)true : null, what, within);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) => TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>Returns the first result that is not null.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T?>> ask, string what, TimeSpan? within = null) where T : class
    {
        var deadline = TimeProvider.System.GetUtcNow() + (within ?? Default);
        Exception? last = null;
        using var poll = new PeriodicTimer(Step);
        do
        {
            try
            {
                if (await ask() is { } answer)
                    return answer;
                last = null;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                last = failure;
            }
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"Not within {within ?? Default}: {what}", last);
        }
        while (await poll.WaitForNextTickAsync());
        throw new UnreachableException();
    }
}
