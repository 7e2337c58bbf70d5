using System.Text;
using System.Text.RegularExpressions;
using Shop.Chaos.Plans;
using Shop.Checker;

namespace Shop.Chaos.Reporting;

/// <summary>Leads from a violation to the steps of the plan, and to the command that repeats the run.</summary>
internal static partial class Violations
{
    private const int MostSteps = 40;

    public static string Explain(IReadOnlyList<string> violations, IEnumerable<Step> plan, ClientRecord record, RunSettings settings)
    {
        var steps = StepsOf(violations, record).Distinct().Take(MostSteps).ToHashSet();
        var last = steps.DefaultIfEmpty().Max();
        var text = new StringBuilder();
        foreach (var step in plan.TakeWhile(step => step.Number <= last).Where(step => steps.Contains(step.Number)))
            text.AppendLine($"        {step}{OrdersOf(step.Number, record)}");
        return text.AppendLine($"Run it again: {settings.Repeats}").ToString();
    }

    /// <summary>The steps that the sentences name, by number, by idempotency key or by the id of an order.</summary>
    private static IEnumerable<int> StepsOf(IReadOnlyList<string> sentences, ClientRecord record)
    {
        var byOrder = record.Orders.Where(order => order.OrderId is not null).GroupBy(order => order.OrderId!.Value).ToDictionary(order => order.Key, order => StepKey.StepOf(order.First().Key));
        foreach (var sentence in sentences)
        {
            foreach (var id in Ids().Matches(sentence).Select(match => Guid.Parse(match.Value)).Where(byOrder.ContainsKey))
                yield return byOrder[id];
            foreach (var number in Numbers().Matches(sentence).Select(match => int.Parse(match.Groups[1].Value)))
                yield return number;
        }
    }

    private static string OrdersOf(int step, ClientRecord record) =>
        string.Concat(record.Orders.Where(order => StepKey.StepOf(order.Key) == step && order.OrderId is not null).Select(order => $" [{order.OrderId}: {string.Join(" → ", order.Statuses)}]"));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex("[Ss]tep[ -]([0-9]{1,9})")]
    private static partial Regex Numbers();
}
