using Shop.Design.Pages;

namespace Shop.Console.Actions;

internal static class ActionEndpoints
{
    /// <summary>GET asks, POST does it and leads back.</summary>
    public static void MapAction(this IEndpointRouteBuilder app, string pattern, OperatorAction action)
    {
        app.MapPage(pattern, (HttpContext http, ActionPages pages, CancellationToken cancel) => pages.AskAsync(action, http, cancel));
        app.MapForm(pattern, (HttpContext http, ActionPages pages, CancellationToken cancel) => pages.RunAsync(action, http, cancel));
    }
}
