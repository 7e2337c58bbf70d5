namespace Shop.Persistence.Retention;

/// <summary>Rows that are deleted once they are past their retention, in batches.</summary>
/// <param name="Table">With its schema, unless that is <c>public</c>. Not partitioned.</param>
/// <param name="Condition">Which rows: SQL in which <c>$1</c> is the retention. An index should find them.</param>
public sealed record PurgedRows(string Table, string Condition, TimeSpan Retention);
