using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shop.Testing;

namespace Shop.Browser.Tests.Running;

internal static class Navigation
{
    /// <summary>
    /// Returns when the window is at this address and its page is loaded. In place of <c>WaitForURLAsync</c>, whose client asks first whether the page is loaded, and listens to the load event afterwards:
    /// an event in between is never noticed. The pattern has no options: the driver, which is not .NET, refuses most of them.
    /// </summary>
    /// <param name="address">A part of the address.</param>
    public static async Task ReachesAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(address), new() { Timeout = 60_000 });
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<string>("document.readyState") == "complete", $"{page.Url} is loaded", TimeSpan.FromMinutes(1));
    }
}
