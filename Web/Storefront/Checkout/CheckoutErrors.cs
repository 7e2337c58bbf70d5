using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Storefront.Checkout;

/// <summary>Why an order was not placed, in words.</summary>
internal static class CheckoutErrors
{
    private const string Address = "shippingAddress.";

    /// <summary>The same key: nothing was done with it, or it is not known. One that stands for another order is replaced.</summary>
    public static CheckoutForm NextForm(CheckoutForm form, ApiException failure) =>
        failure.Reason == "idempotency_key_reused" || failure.Errors.ContainsKey("Idempotency-Key") ? form with { Key = $"{Guid.CreateVersion7()}" } : form;

    public static FormErrors Of(ApiException failure, Wording words)
    {
        if (failure.IsUnavailable)
            return FormErrors.Of(words["checkout.unknown"]);
        if (failure.Errors.Count == 0)
            return FormErrors.Of(words.OfCode("reason", failure.Reason, "checkout.refused"));

        var errors = FormErrors.None;
        foreach (var field in failure.Errors.Keys.Select(name => name.StartsWith(Address, StringComparison.Ordinal) ? name[Address.Length..] : name))
            errors.With(field, words.OfCode("invalid", field, "invalid"));
        return errors;
    }
}
