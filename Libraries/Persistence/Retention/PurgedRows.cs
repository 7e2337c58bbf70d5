namespace Shop.Persistence.Retention;

/// <summary>Rows that are deleted in batches once they are past their retention.</summary>
/// <param name="Table">With its schema, unless that is <c>public</c>. Not partitioned.</param>
/// <param name="Condition">An SQL condition, in which <c>$1</c> is the retention. An index should support it. From code, never from input.</param>
public sealed record PurgedRows(string Table, string Condition, TimeSpan Retention);
