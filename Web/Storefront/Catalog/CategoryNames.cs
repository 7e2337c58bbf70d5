using System.Collections.Concurrent;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Sessions;

namespace Shop.Storefront.Catalog;

/// <summary>The categories, which are on every page: kept for a moment, and as they were while the gateway is unavailable. Thread-safe.</summary>
internal sealed class CategoryNames(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<Category> List, DateTimeOffset At)> _known = new();

    public async Task<IReadOnlyList<Category>> ListAsync(GatewayClient gateway, Language language, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var isKnown = _known.TryGetValue(language.Code, out var known);
        if (isKnown && now - known.At < Fresh)
            return known.List;

        try
        {
            var list = (await gateway.GetAsync<PageOf<Category>>("/api/v1/categories", cancel)).Items;
            _known[language.Code] = (list, now);
            return list;
        }
        catch (ApiException failure) when (failure.Status is 429 or >= 500 || failure.IsUnavailable)
        {
            return isKnown ? known.List : [];
        }
    }
}
