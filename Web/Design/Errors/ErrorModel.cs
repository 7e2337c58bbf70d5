namespace Shop.Design.Errors;

/// <summary>What went wrong.</summary>
/// <param name="RetryAfter">Null: a retry does not help.</param>
/// <param name="TraceId">Leads operators to the logs.</param>
public sealed record ErrorModel(int Status, TimeSpan? RetryAfter, string TraceId);
