using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shop.ServiceDefaults.Access;

namespace Shop.ServiceDefaults.Health;

internal static class HealthExtensions
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [HealthRules.LiveTag]);
        builder.Services.AddSingleton<HealthReports>();
        builder.Services.AddGrpcHealth();
        // After all registrations: every check gets a timeout.
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var registration in options.Registrations.Where(registration => registration.Timeout <= TimeSpan.Zero))
                registration.Timeout = HealthRules.Timeout;
        });
    }

    /// <summary>Maps the probes in every environment. They disclose only the status.</summary>
    public static void MapHealth(this WebApplication app)
    {
        var reports = app.Services.GetRequiredService<HealthReports>();

        app.MapGet(HealthRules.ReadyPath, context => AnswerAsync(context, reports.ReadyAsync())).AllowAnyone().ExcludeFromDescription();
        app.MapGet(HealthRules.AlivePath, context => AnswerAsync(context, reports.AliveAsync())).AllowAnyone().ExcludeFromDescription();
        app.MapGrpcHealth();
    }

    private static async Task AnswerAsync(HttpContext context, Task<HealthStatus> asked)
    {
        var status = await asked.ConfigureAwait(false);

        context.Response.StatusCode = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(status.ToString(), context.RequestAborted).ConfigureAwait(false);
    }
}
