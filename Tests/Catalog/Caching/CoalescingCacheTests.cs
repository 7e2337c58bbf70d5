using Microsoft.Extensions.Time.Testing;
using Shop.Catalog.Caching;

namespace Shop.Catalog.Tests.Caching;

public sealed class CoalescingCacheTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _clock = new();
    private readonly CoalescingCache<string, int> _cache;

    public CoalescingCacheTests() => _cache = new(Life, most: 3, _clock);

    [Fact]
    public async Task An_entry_is_reused_during_its_lifetime()
    {
        Assert.Equal(1, await GetAsync("a", 1));
        _clock.Advance(Life - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await GetAsync("a", 2));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, await GetAsync("a", 3));
    }

    [Fact]
    public async Task The_age_of_an_entry_counts_from_the_start_of_its_read()
    {
        var read = new TaskCompletionSource<int>();
        var slow = _cache.GetAsync("a", () => read.Task, out _, default);
        _clock.Advance(Life);
        read.SetResult(1);

        Assert.Equal(1, await slow);
        Assert.Equal(2, await GetAsync("a", 2));
    }

    [Fact]
    public async Task An_entry_that_changes_during_its_read_is_not_cached()
    {
        var read = new TaskCompletionSource<int>();
        var before = _cache.GetAsync("a", () => read.Task, out _, default);
        _cache.Remove("a");

        Assert.Equal(2, await GetAsync("a", 2).WaitAsync(TimeSpan.FromSeconds(15)));
        read.SetResult(1);

        Assert.Equal(1, await before);
        Assert.Equal(2, await GetAsync("a", 3));
    }

    [Fact]
    public async Task Concurrent_callers_share_one_read()
    {
        var read = new TaskCompletionSource<int>();
        var reads = 0;
        var all = Enumerable.Range(0, 10).Select(_ => _cache.GetAsync("a", () =>
        {
            Interlocked.Increment(ref reads);
            return read.Task;
        }, out var _, default)).ToList();
        read.SetResult(7);

        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(7, answer));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task A_cancelled_caller_does_not_cancel_the_read_of_the_others()
    {
        var read = new TaskCompletionSource<int>();
        using var gone = new CancellationTokenSource();
        var first = _cache.GetAsync("a", () => read.Task, out _, gone.Token);
        var second = GetAsync("a", 2);
        await gone.CancelAsync();
        read.SetResult(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task A_failure_is_not_cached()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetAsync("a", () => Task.FromException<int>(new InvalidOperationException()), out _, default));

        Assert.Equal(2, await GetAsync("a", 2));
    }

    [Fact]
    public async Task A_full_cache_reads_without_caching_until_entries_expire()
    {
        foreach (var key in new[] { "a", "b", "c", "d" })
            await GetAsync(key, 1);

        Assert.Equal(1, await GetAsync("a", 2));
        Assert.Equal(2, await GetAsync("d", 2));
        _clock.Advance(Life);
        Assert.Equal(3, await GetAsync("d", 3));
        Assert.Equal(3, await GetAsync("d", 4));
    }

    private Task<int> GetAsync(string key, int read) => _cache.GetAsync(key, () => Task.FromResult(read), out _, default);
}
