using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

public sealed partial class MetricReferenceTests
{
    [Fact]
    public void Every_instrument_is_listed_with_its_kind_and_unit() =>
        Reference.AssertLists("metrics.md", 3, Reference.Code
            .SelectMany(file => Instruments().Matches(file.Text))
            .Select(match => $"`{match.Groups["name"]}` | {match.Groups["kind"].Value.ToLowerInvariant()} | {UnitOf(match.Groups["rest"].Value)}"));

    private static string UnitOf(string rest) => Unit().Match(rest) is { Success: true } unit ? $"`{unit.Groups[1]}`" : "–";

    [GeneratedRegex("""Create(?:Observable)?(?<kind>Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*"(?<name>shop\.[\w.]+)"(?<rest>[^;]*);""")]
    private static partial Regex Instruments();

    [GeneratedRegex("""
        "(\{\w+\}|s|By)"
        """)]
    private static partial Regex Unit();
}
