using System.ComponentModel.DataAnnotations;

namespace Shop.Catalog.Imports;

/// <summary>Configuration section <c>Catalog:Import</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "Catalog:Import";

    /// <summary>The part of the time in which imports may be at work; in the rest they stand aside for everybody else. 1 is without a pause.</summary>
    [Range(0.01, 1)]
    public double Share { get; set; } = 0.5;
}
