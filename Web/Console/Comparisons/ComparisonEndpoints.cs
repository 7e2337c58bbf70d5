using System.Globalization;
using Shop.Console.Layout;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;

namespace Shop.Console.Comparisons;

internal static class ComparisonEndpoints
{
    /// <summary>As in addresses and date fields.</summary>
    public const string Format = "yyyy-MM-dd";

    public static void MapComparisons(this IEndpointRouteBuilder app) => app.MapPage("/missed-messages", async (string? day, GatewayClient gateway, CancellationToken cancel) =>
    {
        // Without a day, or with one that is none, the API takes the last one that was due.
        var known = DateOnly.TryParseExact(day, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 9999 ? day : null;
        return View.Of<ComparisonsPage>(await gateway.GetMineAsync<ComparisonsOfDay>(ListAddress.Of("/api/v1/ops/missed-messages", ("day", known)), cancel));
    });
}
