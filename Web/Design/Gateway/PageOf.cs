namespace Shop.Design.Gateway;

/// <summary>A page of a list of the API.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? NextPageToken = null);
