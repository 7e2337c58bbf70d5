using System.Net;
using System.Text.Json;
using Npgsql;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>Catalog cannot handle the events of one product, for a reason that retries do not fix.</summary>
public sealed class DeadLetterTests(RunningShop shop) : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly NpgsqlConnection _catalog = new(shop.Info.DatabaseOf("catalog"));

    public async ValueTask InitializeAsync() => await _catalog.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync("alter table stock drop constraint if exists poison");
        await _catalog.DisposeAsync();
    }

    [Fact]
    public async Task Parked_events_are_seen_by_operators_and_replayed_after_their_cause_is_fixed()
    {
        var @operator = await shop.OperatorAsync();
        var (poisoned, other) = (await shop.ProductWithStockAsync(5), await shop.ProductWithStockAsync(5));
        await ListedAsync(poisoned, 5);

        await ExecuteAsync($"alter table stock add constraint poison check (product_id <> '{poisoned.Id}') not valid");
        foreach (var stock in new[] { 6, 7 })
        {
            await SetAsync(@operator, poisoned, stock);
            await SetAsync(@operator, other, stock);
        }
        // The second event is not tried: it is parked behind the first. Events with other keys are handled.
        var letters = await Eventually.IsAsync(async () => await LettersOfAsync(@operator, poisoned) is { Count: 2 } parked ? parked : null, "both events are parked", Timeout);
        Assert.All(letters, letter => Assert.Equal(("catalog", "FollowStock"), (letter.GetProperty("service").GetString(), letter.GetProperty("consumer").GetString())));
        Assert.Equal([0, 3], letters.Select(letter => letter.GetProperty("attempts").GetInt32()));
        Assert.Contains("poison", letters[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        await ListedAsync(other, 7);
        await ListedAsync(poisoned, 5);

        var first = letters[1].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ReplayAsync(@operator, first));   // the cause is not fixed yet, and no event is lost
        Assert.Equal(2, (await LettersOfAsync(@operator, poisoned)).Count);

        await ExecuteAsync("alter table stock drop constraint poison");
        Assert.Equal(HttpStatusCode.OK, await ReplayAsync(@operator, first));
        await ListedAsync(poisoned, 7);
        Assert.Empty(await LettersOfAsync(@operator, poisoned));

        // A row that is written again moves.
        var row = await RowAsync(poisoned);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ReplayAsync(@operator, first));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ReplayAsync(@operator, letters[0].GetProperty("id").GetString()!));
        Assert.Equal(row, await RowAsync(poisoned));

        // Later events of the product are handled again.
        await SetAsync(@operator, poisoned, 8);
        await ListedAsync(poisoned, 8);
    }

    private static async Task SetAsync(Member @operator, Product product, int onHand)
    {
        using var set = await @operator.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{product.Id}", new { onHand });
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
    }

    private static async Task<HttpStatusCode> ReplayAsync(Member @operator, string letter)
    {
        using var answer = await @operator.SendAsync(HttpMethod.Post, $"/api/v1/ops/dead-letters/{letter}/replay", body: null);
        return answer.StatusCode;
    }

    private static async Task<IReadOnlyList<JsonElement>> LettersOfAsync(Member @operator, Product product) =>
        [.. (await @operator.GetAsync("/api/v1/ops/dead-letters")).GetProperty("items").EnumerateArray().Where(letter => letter.GetProperty("key").GetString() == product.Id)];

    /// <summary>Lists show Catalog's projection.</summary>
    private Task ListedAsync(Product product, int stock) => Eventually.TrueAsync(async () =>
        (await shop.ProductsAsync($"?query={Uri.EscapeDataString(product.Name)}"))
            .Single(found => found.GetProperty("id").GetString() == product.Id)
            .GetProperty("stock").GetProperty("available").GetInt32() == stock, $"the list shows {stock}", Timeout);

    private async Task<string> RowAsync(Product product)
    {
        await using var command = new NpgsqlCommand($"select ctid || ' ' || xmin || ' ' || version from stock where product_id = '{product.Id}'", _catalog);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _catalog);
        await command.ExecuteNonQueryAsync();
    }
}
