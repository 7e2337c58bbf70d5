using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shop.Design.Pages;

/// <summary>Marks an endpoint that answers with a page, a fragment of one, or the redirect after a form.</summary>
/// <param name="IsOpenForm">A form on a page without a token: its origin is checked, and that is all.</param>
internal sealed record PageEndpoint(bool IsOpenForm = false);

internal static class PageEndpointExtensions
{
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder app, string pattern, Delegate handler) => app.MapGet(pattern, handler).WithMetadata(new PageEndpoint());

    /// <summary>A form of a session has its token.</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder app, string pattern, Delegate handler) =>
        app.MapPost(pattern, handler).DisableAntiforgery().WithMetadata(new PageEndpoint());

    /// <summary>A form on public pages, which have no token so that they can be kept: adding to the basket.</summary>
    public static RouteHandlerBuilder MapOpenForm(this IEndpointRouteBuilder app, string pattern, Delegate handler) =>
        app.MapPost(pattern, handler).DisableAntiforgery().WithMetadata(new PageEndpoint(IsOpenForm: true));
}
