using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Discovery;

namespace Shop.ServiceDefaults.Access;

internal static class AccessExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddAccessOptions();
        builder.Services.TryAddSingleton<ITokenKeys, TokenKeys>();
        builder.Services.AddHttpClient(TokenKeys.HttpClient, http =>
            {
                http.Timeout = TimeSpan.FromSeconds(3);
                http.MaxResponseContentBufferSize = 256 * 1024;
            })
            // A request waits for the answer; the next one asks again.
            .WithoutResilienceHandlers();

        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenChecks>();

        var policy = new AuthorizationPolicyBuilder().AddRequirements(new AccessRequirement()).Build();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(policy).SetDefaultPolicy(policy);
        builder.Services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
    }

    public static void AddAccessOptions(this IHostApplicationBuilder builder)
    {
        if (builder.Services.All(service => service.ServiceType != typeof(IValidateOptions<AccessOptions>)))
            builder.AddValidatedOptions<AccessOptions>(AccessOptions.Section);
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
