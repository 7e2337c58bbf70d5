namespace Shop.Checker.Tests.World;

public static class Findings
{
    public static void AssertFound(Report report, int promise, string words)
    {
        var finding = report.Findings[promise - 1];
        Assert.StartsWith($"{promise} ", finding.Promise);
        Assert.True(finding.Violations.Any(violation => violation.Contains(words, StringComparison.Ordinal)), report.ToText());
        Assert.False(report.IsOk);
    }
}
