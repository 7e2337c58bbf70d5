using Shop.Design.Pages;

namespace Shop.Console.Actions;

/// <summary>The page that asks whether, and why.</summary>
/// <param name="Path">Where the form is sent.</param>
/// <param name="Back">Where the operator came from.</param>
/// <param name="LongestReason">Null: the API keeps none.</param>
public sealed record ConfirmModel(
    string Action, string Path, string Back, Guid Key, IReadOnlyList<Fact> Facts, IReadOnlyDictionary<string, string> Values, int? LongestReason, bool IsDangerous, string Reason, FormErrors Errors);
