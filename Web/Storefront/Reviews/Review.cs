namespace Shop.Storefront.Reviews;

/// <param name="Stars">1 to 5.</param>
/// <param name="Author">Masked by the API.</param>
public sealed record Review(string Id, int Stars, string Text, string Author, DateTimeOffset CreatedAt);
