using System.Collections.Concurrent;
using Shop.Chaos.Plans;
using Shop.Load.Orders;
using Shop.Load.Running;

namespace Shop.Chaos.Actors;

/// <summary>The payment provider, with faults on demand. They are lost when it is killed.</summary>
internal sealed class Provider(ShopInfo shop) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, int> _counts = new();
    // Faults replace each other, so one ends before the next begins.
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>How many there were, by kind.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    public async Task InjectAsync(InjectFaults faults, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            await using var injected = await ProviderFaults.SetAsync(shop, faults.ErrorRate, faults.LatencyMs, faults.Outage);
            _counts.AddOrUpdate(faults.Kind, 1, (_, count) => count + 1);
            await Task.Delay(faults.Lasts, cancel);
        }
        catch (HttpRequestException)
        {
            // It has been killed: there are no faults to set or to clear.
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Retries while the provider is being restarted.</summary>
    public async Task ClearAsync(CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await ProviderFaults.ClearAsync(shop);
                return;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(begun) < Timeout)
            {
                await Task.Delay(Pause, cancel);
            }
        }
    }

    public void Dispose() => _one.Dispose();
}
