using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Grpc.AspNetCore.Server;

namespace Shop.Gateway;

/// <summary>The defaults of the public API, for all endpoints.</summary>
internal static class PublicApiExtensions
{
    public static void AddPublicApiDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartupFilter, SecurityHeaders>();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // Korean as Korean, not as \uXXXX. Nobody takes JSON for a page: the content type says what it is, and nosniff that it is so.
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            // A number is a number; the OpenAPI document says so, too.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // Endpoints read their bodies themselves (Input/JsonBody.cs), by the same rule; this is for one that would not.
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
        // gRPC's catch-all for unknown services is a POST to any path of two parts: wrong methods would be unknown routes.
        builder.Services.Configure<GrpcServiceOptions>(grpc => grpc.IgnoreUnknownServices = true);
    }
}
