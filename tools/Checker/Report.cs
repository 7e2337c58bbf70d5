using System.Text;

namespace Shop.Checker;

/// <summary>What became of each promise.</summary>
public sealed record Report(IReadOnlyList<Finding> Findings)
{
    private const int MostShown = 20;

    public bool IsOk => Findings.All(finding => finding.IsKept);

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            text.AppendLine($"{(finding.IsKept ? "ok      " : "BROKEN  ")}{finding.Promise}");
            foreach (var violation in finding.Violations.Take(MostShown))
                text.AppendLine($"          {violation}");
            if (finding.Violations.Count > MostShown)
                text.AppendLine($"          … and {finding.Violations.Count - MostShown} more");
        }
        return text.ToString().TrimEnd();
    }
}

/// <param name="Promise">In one line, as docs/crashes.md numbers and words it.</param>
public sealed record Finding(string Promise, IReadOnlyList<string> Violations)
{
    public bool IsKept => Violations.Count == 0;
}
