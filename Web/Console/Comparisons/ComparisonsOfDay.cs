namespace Shop.Console.Comparisons;

/// <summary>The last comparison of a day: what was published, and what handlers have applied of it.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Items">Those that differ come first.</param>
/// <param name="Unavailable">Services whose handlers are missing.</param>
/// <param name="NotCompared">Services that have not compared the day.</param>
public sealed record ComparisonsOfDay(DateOnly Day, IReadOnlyList<ComparedEvents> Items, IReadOnlyList<string> Unavailable, IReadOnlyList<string> NotCompared)
{
    internal bool IsWhole => Unavailable.Count == 0 && NotCompared.Count == 0;
}

/// <param name="Consumer">The handler.</param>
/// <param name="Requested">How many were published again for it.</param>
/// <param name="RequestedAt">Null: never.</param>
public sealed record ComparedEvents(
    string Service, string Consumer, string Topic, string Type, long Published, long Unpublished, long Missing, long Requested, DateTimeOffset ComparedAt, DateTimeOffset? RequestedAt)
{
    /// <summary>What the comparison says of them.</summary>
    internal string Result => this switch { { Missing: > 0 } => "missing", { Unpublished: > 0 } => "unpublished", _ => "complete" };
}
