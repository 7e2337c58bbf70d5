namespace Shop.Persistence.Retention;

/// <summary>A table with a partition a day (UTC) and a default partition <c>{table}_default</c> for rows of days that have none.</summary>
/// <param name="Name">With its schema, unless that is <c>public</c>.</param>
/// <param name="Key">The column that says on which day a row belongs: a UUIDv7 or a timestamptz.</param>
/// <param name="Retention">Days that lie wholly before it are dropped.</param>
/// <param name="StillNeeded">Rows that keep their day from being dropped: a condition in SQL on <c>r</c>, in which <c>$1</c> is the retention.</param>
public sealed record DayPartitionedTable(string Name, string Key, TimeSpan Retention, string StillNeeded = "false");
