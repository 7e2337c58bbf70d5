using Microsoft.AspNetCore.Routing;
using Shop.Design.Pages;

namespace Shop.Console.Tests.Running;

/// <summary>Every route that the application says it serves, with ids that exist.</summary>
internal static class ConsolePaths
{
    public static IReadOnlyList<(string Method, string Path, bool IsPage)> Of(RunningConsole shop) =>
    [
        .. from endpoint in shop.Endpoints
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where !endpoint.RoutePattern.RawText!.StartsWith("/grpc.", StringComparison.Ordinal)
           let pattern = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
           select (method, pattern.Replace("{id:guid}", IdOf(pattern), StringComparison.Ordinal).Replace("{version}/{name}", "x/console.css", StringComparison.Ordinal),
               endpoint.Metadata.GetMetadata<PageEndpoint>() is not null),
    ];

    /// <summary>Pages that are asked for.</summary>
    public static IReadOnlyList<string> Pages(RunningConsole shop) => [.. Of(shop).Where(route => route is { Method: "GET", IsPage: true }).Select(route => route.Path)];

    /// <summary>Forms that are sent.</summary>
    public static IReadOnlyList<string> Forms(RunningConsole shop) => [.. Of(shop).Where(route => route is { Method: "POST", IsPage: true }).Select(route => route.Path)];

    private static string IdOf(string pattern) => pattern.Split('/')[1] switch
    {
        "sagas" => StandInGateway.Saga, "dead-letters" => StandInGateway.Letter, "orders" => StandInGateway.Order, "shipments" => StandInGateway.Shipment, _ => StandInGateway.Product,
    };
}
