using Shop.Design.Pages;

namespace Shop.Storefront.Reviews;

/// <summary>A review as its form has it.</summary>
public sealed record ReviewDraft(string Stars, string Text, FormErrors Errors)
{
    /// <summary>Nothing yet.</summary>
    public static ReviewDraft Empty => new("", "", FormErrors.None);
}
