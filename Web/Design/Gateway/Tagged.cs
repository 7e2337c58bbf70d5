namespace Shop.Design.Gateway;

/// <param name="Tag">The answer's <c>ETag</c>, for a later write that must find the same; null: it has none.</param>
internal sealed record Tagged<T>(T Value, string? Tag);
