using System.Text.RegularExpressions;
using Xunit;

namespace Shop.Architecture.Tests.Docs;

/// <summary>A missed event is handled after later ones of its key (docs/missed-messages.md): for each handler somebody has thought about it.</summary>
public sealed partial class LateEventTests
{
    [Fact]
    public void Every_handler_has_its_reason_why_a_late_event_does_no_harm()
    {
        var handlers = Reference.Code
            .Where(file => file.Path.StartsWith("Services", StringComparison.Ordinal))
            .SelectMany(file => Handlers().Matches(file.Text).Select(match => $"{file.Path.Split(Path.DirectorySeparatorChar)[1]}: `{match.Groups[1]}`"))
            .Distinct().Order().ToList();
        var reasons = File.ReadLines(Path.Combine(Repository.Root, "docs", "missed-messages.md"))
            .Select(line => Rows().Match(line)).Where(row => row.Success).Select(row => row.Groups[1].Value).Order();

        Assert.NotEmpty(handlers);
        Assert.Equal(handlers, reasons);
    }

    [GeneratedRegex(@"\.Handles<\w+, (\w+)>")]
    private static partial Regex Handlers();

    [GeneratedRegex(@"^\| (\w+: `\w+`) \| .{10,} \|$")]
    private static partial Regex Rows();
}
