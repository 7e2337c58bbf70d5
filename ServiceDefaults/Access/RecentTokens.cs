using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Shop.ServiceDefaults.Access;

/// <summary>A bounded memory in two generations: when the young one is full it becomes the old one, and what nobody asked for meanwhile is gone.</summary>
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

        // Two threads that turn at once only forget earlier than they need to.
        Interlocked.Exchange(ref _count, 0);
        _old = _young;
        _young = new();
    }
}
