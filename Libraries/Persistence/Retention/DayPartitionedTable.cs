namespace Shop.Persistence.Retention;

/// <summary>A table with a partition a day (UTC) and a default partition <c>{table}_default</c> for rows of days that have none.</summary>
/// <param name="Name">With its schema, unless that is <c>public</c>.</param>
/// <param name="Key">The partition key: a UUIDv7 or a timestamptz.</param>
/// <param name="Retention">Days that end before now − retention are dropped.</param>
/// <param name="StillNeeded">A day with such a row is not dropped: an SQL condition on <c>r</c>, in which <c>$1</c> is the retention.</param>
public sealed record DayPartitionedTable(string Name, string Key, TimeSpan Retention, string StillNeeded = "false");
