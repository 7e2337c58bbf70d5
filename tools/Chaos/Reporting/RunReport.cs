using System.Globalization;
using System.Text;
using Shop.Chaos.Killing;
using Shop.Chaos.Plans;
using Shop.Checker;

namespace Shop.Chaos.Reporting;

/// <param name="Faults">Of the provider, by kind.</param>
/// <param name="Consistency">The last check at rest; null: there was none.</param>
public sealed record RunReport(
    RunSettings Settings, IEnumerable<Step> Plan, IReadOnlyList<ProcessKill> Kills, ClientRecord Record, RequestFigures Requests, IReadOnlyDictionary<string, int> Faults,
    TimeSpan Elapsed, Report? Consistency, ShopFigures Shop)
{
    private const int MostTimes = 4;

    /// <summary>All processes have recovered, all requests were answered as expected, and the last check passed.</summary>
    public bool IsOk =>
        Consistency is { IsOk: true } && Requests.Unexpected.Count == 0 && Requests.Unanswered.Count == 0 && Kills.All(kill => kill.HealthyAfter is not null);

    public string ToText()
    {
        var text = new StringBuilder();
        var orders = Record.Orders.Count;
        text.AppendLine(CultureInfo.InvariantCulture, $"{orders} orders of {Record.Members.Count} members in {Elapsed.TotalSeconds:0} s: {orders / Elapsed.TotalSeconds:0.0} orders/s, checks included");
        text.AppendLine($"  clients: {Record.Orders.Count(order => order.OrderId is not null)} accepted, {Record.Orders.Count(order => order.IsRefused)} refused, {Requests.Repeats} requests repeated, {Requests.Failures} answers 500");
        text.AppendLine($"  accepted: {Record.Orders.Count(order => order.IsCancelled)} cancellations, {Record.Orders.Count(order => order.IsRefunded)} refunds by operators, {Record.Orders.Count(order => order.HasFailedDelivery)} failed deliveries, {Record.StockChanges.Count} stock changes, {Record.CompensatedSagas.Count} compensations by operators");
        text.AppendLine($"  refusals: {Counts(Requests.Refusals)}");
        text.AppendLine($"  faults of the provider: {Counts(Faults)}");
        foreach (var (what, counts) in Shop.Groups)
            text.AppendLine($"  {what}: {string.Join(", ", counts.Select(count => $"{count.Count} {count.State}"))}");
        foreach (var process in Kills.GroupBy(kill => kill.Victim.Process).OrderBy(process => process.Key, StringComparer.Ordinal))
            text.AppendLine($"  {process.Key,-17} killed {process.Count()} ×, started again after {Seconds(process, kill => kill.RestartedAfter)} s, all healthy after {Seconds(process, kill => kill.HealthyAfter)} s");
        text.AppendLine(Consistency?.ToText() ?? "not checked");
        foreach (var wrong in Requests.Unexpected.Concat(Requests.Unanswered))
            text.AppendLine($"BROKEN  {wrong}");
        if (!IsOk)
            text.Append(Violations.Explain([.. Consistency?.Findings.SelectMany(finding => finding.Violations) ?? [], .. Requests.Unexpected, .. Requests.Unanswered], Plan, Record, Settings));
        return text.ToString().TrimEnd();
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));

    private static string Seconds(IEnumerable<ProcessKill> kills, Func<ProcessKill, TimeSpan?> time)
    {
        var times = kills.Select(time).ToList();
        if (times.Count <= MostTimes || times.Contains(null))
            return string.Join(", ", times.Select(span => span is { } known ? $"{known.TotalSeconds:0.0}" : "?"));
        var ordered = times.Select(span => span!.Value.TotalSeconds).Order().ToList();
        return $"{ordered[ordered.Count / 2]:0.0} (median), {ordered[^1]:0.0} (longest)";
    }
}
