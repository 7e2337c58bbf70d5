using Scalar.AspNetCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.OpenApi;

/// <summary><c>/scalar</c>: the API's document as a page to read and to try calls on. For developers, so in development only.</summary>
internal static class ApiPage
{
    // The page's script and style come with the package; what it would fetch from elsewhere (fonts, telemetry) the browser refuses.
    private static readonly PagePolicy Own = new(
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    public static void MapApiPage(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;

        app.MapScalarApiReference("/scalar", page => page
                .WithTitle("Shop")
                .AddDocument("v1", routePattern: "/openapi/v1.json")
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp())
            .AllowAnyone()
            .WithMetadata(Own)
            .ExcludeFromDescription();
    }
}
