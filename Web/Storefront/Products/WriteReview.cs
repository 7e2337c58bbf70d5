using System.Globalization;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;
using Shop.Storefront.Catalog;
using Shop.Storefront.Reviews;

namespace Shop.Storefront.Products;

/// <summary>The form of a review, which is on the product's page and shows its errors there.</summary>
internal static class WriteReview
{
    public static async Task<IResult> HandleAsync(string id, HttpContext http, ProductCalls products, ReviewCalls reviews, Wording words, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var (stars, text) = (form["stars"].ToString(), form["text"].ToString());
        FormErrors errors;
        try
        {
            // What is no number is judged by the service, like any other.
            await reviews.WriteAsync(id, int.TryParse(stars, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, text, cancel);
            return Go.To(http, $"/products/{id}?reviewed=now");
        }
        catch (ApiException failure) when (failure.Reason == "already_reviewed")
        {
            // Also the second click of a double click.
            return Go.To(http, $"/products/{id}?reviewed=already");
        }
        catch (ApiException failure) when (failure.Status is 400 or 403 || failure.IsUnavailable)
        {
            errors = failure.IsUnavailable ? FormErrors.Of(words["reviews.unavailable"])
                : failure.Errors.Count > 0 ? failure.Errors.Keys.Aggregate(FormErrors.None, (all, field) => all.With(field, words.OfCode("invalid", field, "invalid")))
                : FormErrors.Of(words.OfCode("reason", failure.Reason, "invalid"));
        }

        var listed = reviews.FirstAsync(id, cancel);
        var product = await products.GetAsync(id, cancel);
        var first = await listed;
        return View.Of<ProductPage>(new ProductModel(product, first?.Items, first?.NextPageToken is not null, new(stars, text, errors)), StatusCodes.Status422UnprocessableEntity);
    }
}
