namespace Shop.Storefront.Errors;

/// <param name="RetryAfter">Null: a retry does not help.</param>
/// <param name="TraceId">Leads operators to the logs.</param>
public sealed record ErrorModel(int Status, TimeSpan? RetryAfter, string TraceId);
