using System.Text;
using Shop.Chaos.Killing;
using Shop.Checker;

namespace Shop.Chaos;

public sealed record ChaosReport(IReadOnlyList<ProcessKill> Kills, ClientRecord Record, IReadOnlyList<RequestedOrder> Unanswered, int Repeats, Report Consistency)
{
    /// <summary>All processes have recovered, all orders were answered, and the consistency check passed.</summary>
    public bool IsOk => Consistency.IsOk && Unanswered.Count == 0 && Kills.All(kill => kill.HealthyAfter is not null);

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Record.Orders.Count} orders, {Repeats} requests repeated, {Unanswered.Count} never answered");
        foreach (var process in Kills.GroupBy(kill => kill.Victim.Process).OrderBy(process => process.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"  {process.Key,-17} killed {process.Count()} ×, started again after {Seconds(process, kill => kill.RestartedAfter)} s, all healthy after {Seconds(process, kill => kill.HealthyAfter)} s");
        }
        return text.AppendLine(Consistency.ToText()).ToString().TrimEnd();
    }

    private static string Seconds(IEnumerable<ProcessKill> kills, Func<ProcessKill, TimeSpan?> time) =>
        string.Join(", ", kills.Select(kill => time(kill) is { } span ? $"{span.TotalSeconds:0.0}" : "?"));
}
