using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>A bounded cache in two generations: when the young one is full, it replaces the old one, whose unused entries are dropped. Thread-safe.</summary>
internal sealed class RecentTokens(int capacity)
{
    private volatile ConcurrentDictionary<string, TokenValidationResult> _young = new();
    private volatile ConcurrentDictionary<string, TokenValidationResult> _old = new();
    private int _count;

    public TokenValidationResult? Find(string token)
    {
        if (_young.TryGetValue(token, out var result))
            return result;
        if (!_old.TryGetValue(token, out result))
            return null;

        Add(token, result);
        return result;
    }

    public void Add(string token, TokenValidationResult result)
    {
        if (!_young.TryAdd(token, result) || Interlocked.Increment(ref _count) < capacity / 2)
            return;

        // If two threads replace it at once, entries are only dropped earlier than necessary.
        Interlocked.Exchange(ref _count, 0);
        _old = _young;
        _young = new();
    }
}
