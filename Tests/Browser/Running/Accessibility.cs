using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Shop.Browser.Tests.Running;

/// <summary>axe (WCAG 2.2 AA) on a page, and whether it is wider than the window.</summary>
internal static class Accessibility
{
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations], RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } };

    /// <param name="variant">Program, language, colours and width, for the picture's name.</param>
    public static async Task CheckAsync(IPage page, string variant, string name, List<string> problems)
    {
        await Screenshots.KeepAsync(page, $"{variant} {(name == "/" ? "home" : name)}");
        var result = await page.RunAxe(Options);
        problems.AddRange(result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {node.Html}")));
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is > 0 and var wider)
            problems.Add($"{name}: {wider} pixels wider than the window");
    }
}
