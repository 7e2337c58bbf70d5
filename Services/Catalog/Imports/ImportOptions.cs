using System.ComponentModel.DataAnnotations;

namespace Shop.Catalog.Imports;

/// <summary>Configuration section <c>Catalog:Import</c>.</summary>
internal sealed class ImportOptions
{
    public const string Section = "Catalog:Import";

    /// <summary>The share of time in which imports may run, more than 0 and at most 1. 1: without delay.</summary>
    [Range(0.01, 1)]
    public double Share { get; set; } = 0.5;
}
