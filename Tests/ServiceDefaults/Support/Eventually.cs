namespace Shop.ServiceDefaults.Tests;

internal static class Eventually
{
    /// <summary>Waits until it is so, or fails after a time in which it must have become so.</summary>
    public static Task TrueAsync(Func<bool> holds, string what) => TrueAsync(() => Task.FromResult(holds()), what);

    public static async Task TrueAsync(Func<Task<bool>> holds, string what)
    {
        for (var deadline = TimeProvider.System.GetTimestamp(); !await holds(); await Task.Delay(10, TestContext.Current.CancellationToken))
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(10), $"Never became so: {what}");
    }
}
