using System.ComponentModel.DataAnnotations;

namespace Shop.Inventory.Grouping;

/// <summary>Configuration section <c>Groups</c>.</summary>
public sealed class GroupOptions
{
    public const string Section = "Groups";

    /// <summary>How many commands share one transaction at most. 1: each has its own.</summary>
    [Range(1, 1_000)]
    public int Largest { get; set; } = 100;
}
