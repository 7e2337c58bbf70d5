using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.Discovery;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.WarmUp;

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
            // No retries: a request waits for the keys, and the next request fetches them again.
            .WithoutResilienceHandlers();

        builder.AddWarmUp("token keys", WarmUpStage.Tokens, async (services, cancel) =>
        {
            if (!await services.GetRequiredService<ITokenKeys>().EnsureAsync(keyId: null, cancel).ConfigureAwait(false))
                throw new UnavailableException("No token keys are available yet.", retryAfter: null);
        });

        builder.Services.AddBearerScheme();
        builder.Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, TokenChecks>();

        var policy = new AuthorizationPolicyBuilder().AddRequirements(new AccessRequirement()).Build();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(policy).SetDefaultPolicy(policy);
        builder.Services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusals>();
    }

    /// <summary>
    /// As AddAuthentication().AddJwtBearer(), without data protection: it is not used here, and would generate keys and write them to disk at the first start of every
    /// process.
    /// </summary>
    private static void AddBearerScheme(this IServiceCollection services)
    {
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        new AuthenticationBuilder(services).AddScheme<JwtBearerOptions, JwtBearerHandler>(JwtBearerDefaults.AuthenticationScheme, null);
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
