using Shop.Design.Pages;

namespace Shop.Storefront.Site;

internal static class SiteEndpoints
{
    public static void MapSite(this IEndpointRouteBuilder app)
    {
        app.MapPage("/accessibility", () => View.Of<AccessibilityPage>());
        app.MapPage("/privacy", () => View.Of<PrivacyPage>());
        app.MapGet("/robots.txt", (PageContext page) => TypedResults.Text(
            $"User-agent: *\nDisallow: /*/basket\nDisallow: /*/checkout\nDisallow: /*/orders\nDisallow: /*/sign-in\nDisallow: /*/sign-up\nDisallow: /*/search\nSitemap: {page.Origin}/sitemap.xml\n"));
        app.MapGet("/sitemap.xml", SiteMap.WriteAsync);
    }
}
