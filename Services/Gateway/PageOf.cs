namespace Shop.Gateway;

/// <summary>A page of a list.</summary>
/// <param name="NextPageToken">For the next page; null on the last one.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? NextPageToken);

public static class PageOf
{
    public static PageOf<T> Items<T>(IEnumerable<T> items, string nextPageToken) => new([.. items], nextPageToken.Length == 0 ? null : nextPageToken);
}
