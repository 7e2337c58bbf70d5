using System.Text;
using Shop.Chaos.Killing;
using Shop.Checker;

namespace Shop.Chaos;

public sealed record ChaosReport(IReadOnlyList<Death> Deaths, ClientRecord Record, IReadOnlyList<AskedOrder> Unanswered, int Repeats, Report Books)
{
    /// <summary>Everybody is back, everybody was answered, and the books are right.</summary>
    public bool IsOk => Books.IsOk && Unanswered.Count == 0 && Deaths.All(death => death.Healthy is not null);

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Record.Orders.Count} orders, {Repeats} requests repeated, {Unanswered.Count} never answered");
        foreach (var process in Deaths.GroupBy(death => death.Victim.Process).OrderBy(process => process.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"  {process.Key,-17} killed {process.Count()} ×, started again after {Seconds(process, death => death.StartedAgain)} s, all healthy after {Seconds(process, death => death.Healthy)} s");
        }
        return text.AppendLine(Books.ToText()).ToString().TrimEnd();
    }

    private static string Seconds(IEnumerable<Death> deaths, Func<Death, TimeSpan?> time) =>
        string.Join(", ", deaths.Select(death => time(death) is { } span ? $"{span.TotalSeconds:0.0}" : "?"));
}
