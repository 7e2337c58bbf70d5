using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Shop.Gateway.Input;
using Shop.Gateway.OpenApi;
using Shop.Inventory.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;
using Client = Shop.Inventory.V1.InventoryService.InventoryServiceClient;

namespace Shop.Gateway.Operators.Stock;

/// <param name="OnHand">Units in stock, reserved or not.</param>
/// <param name="Reserved">Of them, promised to orders.</param>
internal sealed record StockView(long OnHand, long Reserved, long Available);

/// <summary>What an operator sees and sets of a product's stock. The tag is the stock's version: a write with the tag changes the stock that was read, or nothing.</summary>
internal static class StockOperations
{
    public static void MapStock(this RouteGroupBuilder ops)
    {
        ops.MapGet("/stock/{productId}", GetAsync)
            .WithName("getStock").WithSummary("A product's stock, with an `ETag` for setting it.").Answers(401, 403, 404);
        ops.MapPut("/stock/{productId}", SetAsync)
            .WithName("setStock").WithSummary("Sets the stock on hand; with `If-Match`, only if the stock has not changed since it was read.")
            .Takes<StockBody>(StockBody.Example).Answers(401, 403, 404, 412, 422);
    }

    private static async Task<Ok<StockView>> GetAsync(string productId, HttpResponse response, Client inventory, CancellationToken cancel)
    {
        var answer = await inventory.GetStockAsync(new() { ProductIds = { RouteId.Required(productId) } }, cancellationToken: cancel);
        var stock = answer.Stock.SingleOrDefault() ?? throw new NotFoundException("No such product.");
        response.Headers.ETag = $"\"{stock.Version}\"";
        return TypedResults.Ok(new StockView(stock.OnHand, stock.Reserved, stock.Available));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string productId, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, Client inventory, CancellationToken cancel)
    {
        var request = StockBody.Read(await JsonBody.ReadAsync(http.Request, cancel), RouteId.Required(productId));
        var check = new Check();
        if (Versions(check, ifMatch) is not { } versions)
        {
            await inventory.SetStockAsync(request, cancellationToken: cancel);
            return TypedResults.NoContent();
        }

        try
        {
            var conditional = new SetStockIfUnchangedRequest { ProductId = request.ProductId, OnHand = request.OnHand, Versions = { versions } };
            await check.AnswerAsync(inventory.SetStockIfUnchangedAsync(conditional, cancellationToken: cancel), ("versions", "If-Match"));
            return TypedResults.NoContent();
        }
        catch (RpcException failure) when (failure.Reason() == "stock_moved")
        {
            return Refusal.Of(StatusCodes.Status412PreconditionFailed, "stock_moved", "The stock has changed since it was read: read it again.");
        }
    }

    /// <summary>
    /// RFC 9110, 13.1.1. Null where the only condition is that there is a stock, which there must be anyway. None where the header is no list of tags: a condition
    /// without a version is refused.
    /// </summary>
    private static long[]? Versions(Check check, string? ifMatch)
    {
        if (ifMatch is null)
            return null;
        if (check.That(EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags), "If-Match", "must be the ETag of the stock, or *"))
            return tags!.Contains(EntityTagHeaderValue.Any) ? null : [.. tags.Select(Version)];

        return [];
    }

    // A weak tag matches nothing, nor does one that is not ours: versions begin with 1.
    private static long Version(EntityTagHeaderValue tag) =>
        !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
