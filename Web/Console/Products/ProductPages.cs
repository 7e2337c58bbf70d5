using System.Globalization;
using Shop.Console.Actions;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Console.Products;

/// <summary>The page of a product with its forms, for the first time and after an error, and what its forms do.</summary>
internal sealed class ProductPages(ProductCalls products, ActionRunner runner, Wording words)
{
    private const string BelowReserved = "below_reserved";

    public Task<IResult> ShowAsync(Guid? id, ProductForm form, FormErrors errors, CancellationToken cancel) => ShowAsync(id, form, errors, FormErrors.None, null, cancel);

    private async Task<IResult> ShowAsync(Guid? id, ProductForm form, FormErrors errors, FormErrors stockErrors, string? typedStock, CancellationToken cancel)
    {
        var stock = id is { } known ? await products.FindStockAsync(known, cancel) : null;
        var status = errors.Any || stockErrors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        return View.Of<ProductPage>(new ProductModel(id, form, await products.CategoriesAsync(cancel), stock?.Value, typedStock, stock?.Tag, Guid.CreateVersion7(), errors, stockErrors), status);
    }

    public async Task<IResult> CreateAsync(HttpContext http, CancellationToken cancel)
    {
        var form = ProductForm.Read(await http.Request.ReadFormAsync(cancel), ActionPages.KeyOf(http.Request.Form), isNew: true);
        Guid? created = null;
        try
        {
            await runner.RunAsync(form.Key, "product.create", form.NameKo, async token =>
            {
                created = await products.CreateAsync(form, token);
                return ActionOutcome.Done;
            });
        }
        catch (ApiException failure) when (failure.Status == 400)
        {
            return await ShowAsync(null, form, ActionPages.ErrorsOf(failure, words), cancel);
        }

        return ActionPages.GoBack(http, created is { } id ? $"/products/{id}" : "/products", form.Key);
    }

    public async Task<IResult> ChangeAsync(Guid id, HttpContext http, CancellationToken cancel)
    {
        var form = ProductForm.Read(await http.Request.ReadFormAsync(cancel), ActionPages.KeyOf(http.Request.Form), isNew: false);
        try
        {
            await runner.RunAsync(form.Key, "product.change", form.NameKo, async token =>
            {
                await products.ChangeAsync(id, form, token);
                return ActionOutcome.Done;
            });
        }
        catch (ApiException failure) when (failure.Status == 400)
        {
            return await ShowAsync(id, form, ActionPages.ErrorsOf(failure, words), cancel);
        }

        return ActionPages.GoBack(http, $"/products/{id}", form.Key);
    }

    public async Task<IResult> SetStockAsync(Guid id, HttpContext http, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var (key, onHand) = (ActionPages.KeyOf(form), form["onHand"].ToString());
        try
        {
            await runner.RunAsync(key, "stock.set", $"{id}", async token =>
            {
                await products.SetStockAsync(id, long.TryParse(onHand, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : onHand, form["tag"].ToString() is { Length: > 0 } tag ? tag : null, token);
                return new(long.Parse(onHand, NumberStyles.None, CultureInfo.InvariantCulture));
            }, correctable: BelowReserved);
        }
        catch (ApiException failure) when (failure.Status == 400 || failure.Reason == BelowReserved)
        {
            var errors = failure.Reason == BelowReserved ? FormErrors.None.With("onHand", words["reason.below_reserved"]) : ActionPages.ErrorsOf(failure, words);
            return await ShowAsync(id, await products.GetAsync(id, cancel), FormErrors.None, errors, onHand, cancel);
        }

        return ActionPages.GoBack(http, $"/products/{id}", key);
    }
}
