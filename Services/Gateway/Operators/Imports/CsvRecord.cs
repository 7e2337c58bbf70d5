namespace Shop.Gateway.Operators.Imports;

/// <summary>A record of a CSV file.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Fault">Why it cannot be read; null if it can. Goes on after "the line": "is longer than …".</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, string? Fault = null);
