using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.ServiceDefaults.Errors;

internal static class ErrorExtensions
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ErrorInterceptor>();
        builder.Services.Configure<GrpcServiceOptions>(grpc =>
        {
            // First, so outermost: it also translates failures of other interceptors.
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.EnableDetailedErrors = false;
        });

        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        builder.Services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context => Problems.Complete(context.HttpContext, context.ProblemDetails));
        builder.Services.AddHostedService<UnreadableRequests>();
        // Otherwise an unreadable request throws in development only, and gives a bare status elsewhere.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.ChooseEndpointsWithoutLookingAtBodies();
    }

    /// <summary>
    /// Routing would refuse an unexpected content type (415) before the access check. Without that policy the endpoint is chosen by path and method only; access is checked,
    /// and then the endpoint refuses the body (415, 400).
    /// </summary>
    private static void ChooseEndpointsWithoutLookingAtBodies(this IServiceCollection services)
    {
        var policy = services.SingleOrDefault(service =>
                service.ServiceType == typeof(MatcherPolicy) && service.ImplementationType?.Name == "AcceptsMatcherPolicy")
            ?? throw new InvalidOperationException(
                "This version of ASP.NET Core matches content types in another way: ensure that 401 and 403 still precede 415.");
        services.Remove(policy);
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        // Statuses without a body: an unknown route, a wrong method or content type.
        app.UseStatusCodePages(page =>
        {
            var response = page.HttpContext.Response;
            if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
                HeadRequests.Allow(response);
            return Problems.WriteAsync(page.HttpContext, Problems.Of(response.StatusCode));
        });
    }
}
