using System.Text.Json;
using Shop.Design.Gateway;
using Shop.Design.Sessions;
using Shop.Storefront.Catalog;

namespace Shop.Storefront.Baskets;

/// <summary>
/// The basket in the session's row: a guest's, and a member's while the members' baskets are unavailable. Changed under the row's lock, so of two tabs neither loses a line.
/// </summary>
internal sealed class GuestBasket(CurrentSession session, ProductCalls products)
{
    /// <summary>As in members' baskets.</summary>
    public const int MaxQuantity = 99;

    private const int MaxLines = 50;

    public IReadOnlyList<GuestLine> Lines => Read(session.Row);

    /// <exception cref="ApiException">The product does not exist (404), or the basket is full (422).</exception>
    public async Task AddAsync(string productId, int quantity, CancellationToken cancel)
    {
        var product = await products.GetAsync(productId, cancel);
        if (product.Discontinued)
            throw Refused("discontinued");

        await ChangeAsync(lines =>
        {
            var known = lines.Find(line => line.ProductId == product.Id);
            if (known is null && lines.Count >= MaxLines)
                throw Refused("basket_full");

            var sum = Math.Min((known?.Quantity ?? 0) + quantity, MaxQuantity);
            Put(lines, new(product.Id, sum, known?.Price ?? product.Price.Amount, product.Price.Currency));
        }, cancel);
    }

    public Task SetAsync(string productId, int quantity, CancellationToken cancel) => ChangeAsync(lines =>
    {
        if (lines.Find(line => line.ProductId == productId) is { } known)
            Put(lines, known with { Quantity = quantity });
    }, cancel);

    /// <summary>Removes lines. With a quantity only if they still have it: another tab may have changed them meanwhile.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<(string ProductId, int? Quantity)> gone, CancellationToken cancel)
    {
        if (gone.Count > 0 && Lines.Count > 0)
            await ChangeAsync(lines => lines.RemoveAll(line => gone.Any(one => one.ProductId == line.ProductId && (one.Quantity ?? line.Quantity) == line.Quantity)), cancel);
    }

    public async Task<BasketView> ShowAsync(CancellationToken cancel)
    {
        var known = await products.GetAllAsync(Lines.Select(line => line.ProductId), cancel);
        var lines = Lines.Select(line => known.TryGetValue(line.ProductId, out var product)
            ? new BasketLine(product.Id, product.Name, product.ImageUrl, line.Quantity, product.Price, product.Price with { Amount = product.Price.Amount * line.Quantity },
                product.Stock, product.Discontinued, line.Price == product.Price.Amount ? null : new(line.Price, line.Currency))
            : new BasketLine(line.ProductId, null, null, line.Quantity, null, null, null, Discontinued: true)).ToList();
        return new(lines, new(lines.Where(line => !line.Discontinued).Sum(line => line.LineTotal?.Amount ?? 0), "KRW"), IsKeptHere: true);
    }

    private Task ChangeAsync(Action<List<GuestLine>> change, CancellationToken cancel) => session.ChangeAsync((row, _) =>
    {
        var lines = Read(row);
        change(lines);
        row.Content = JsonSerializer.Serialize(lines, JsonSerializerOptions.Web);
        return Task.CompletedTask;
    }, cancel);

    private static void Put(List<GuestLine> lines, GuestLine line)
    {
        var at = lines.FindIndex(other => other.ProductId == line.ProductId);
        if (at < 0)
            lines.Add(line);
        else
            lines[at] = line;
    }

    private static List<GuestLine> Read(Session? row) => row is null ? [] : JsonSerializer.Deserialize<List<GuestLine>>(row.Content, JsonSerializerOptions.Web)!;

    private static ApiException Refused(string reason) => new(422, new(null, reason, reason, null, null));
}
