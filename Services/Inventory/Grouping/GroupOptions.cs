using System.ComponentModel.DataAnnotations;

namespace Shop.Inventory.Grouping;

/// <summary>Configuration section <c>Groups</c>.</summary>
internal sealed class GroupOptions
{
    public const string Section = "Groups";

    /// <summary>The maximum number of commands in one transaction. 1 turns grouping off.</summary>
    [Range(1, 1_000)]
    public int Largest { get; set; } = 100;
}
