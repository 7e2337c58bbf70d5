using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Shop.ServiceDefaults;

namespace Shop.Payments.Provider;

internal static class ProviderSetup
{
    public static void AddProvider(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ProviderOptions>(ProviderOptions.Section);
        builder.Services.AddSingleton<ProviderWatch>();
        builder.Services.AddScoped<ProviderClient>();

        var client = builder.Services.AddHttpClient<ProviderHttpClient>((services, http) =>
        {
            var options = services.GetRequiredService<IOptions<ProviderOptions>>().Value;
            http.BaseAddress = options.Address;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            http.Timeout = Timeout.InfiniteTimeSpan;   // the pipeline's attempt time-out is the one that counts
        });

        // The standard handler retries; with money, whether to ask again is decided by looking up what happened.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is the documented way to replace the defaults of ConfigureHttpClientDefaults.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("provider", (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value;
            var watch = context.ServiceProvider.GetRequiredService<ProviderWatch>();
            pipeline
                .AddConcurrencyLimiter(options.MaxConcurrentCalls, queueLimit: 0)
                .AddCircuitBreaker(watch.Watch(new HttpCircuitBreakerStrategyOptions
                {
                    FailureRatio = options.FailureRatio,
                    MinimumThroughput = options.MinimumThroughput,
                    SamplingDuration = options.SamplingDuration,
                    BreakDuration = options.BreakDuration,
                }))
                .AddTimeout(options.Timeout);
        });
    }
}
