using System.Text;

namespace Shop.Checker;

/// <summary>The result of each invariant.</summary>
public sealed record Report(IReadOnlyList<Finding> Findings)
{
    private const int MaxShown = 20;

    public bool IsOk => Findings.All(finding => finding.IsKept);

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            text.AppendLine($"{(finding.IsKept ? "ok      " : "BROKEN  ")}{finding.Promise}");
            foreach (var violation in finding.Violations.Take(MaxShown))
                text.AppendLine($"          {violation}");
            if (finding.Violations.Count > MaxShown)
                text.AppendLine($"          … and {finding.Violations.Count - MaxShown} more");
        }
        return text.ToString().TrimEnd();
    }
}

/// <param name="Promise">The invariant, with number and words of docs/crashes.md.</param>
public sealed record Finding(string Promise, IReadOnlyList<string> Violations)
{
    public bool IsKept => Violations.Count == 0;
}
