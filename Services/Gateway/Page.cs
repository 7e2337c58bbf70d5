namespace Shop.Gateway;

/// <summary>A page of a list.</summary>
/// <param name="NextPageToken">For the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken);

internal static class Pages
{
    /// <param name="nextPageToken">Empty on the last page, as in the contracts.</param>
    public static Page<T> Of<T>(IEnumerable<T> items, string nextPageToken = "") => new([.. items], nextPageToken.Length == 0 ? null : nextPageToken);
}
