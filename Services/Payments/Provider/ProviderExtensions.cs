using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Configuration;

namespace Shop.Payments.Provider;

internal static class ProviderExtensions
{
    public static void AddProvider(this IHostApplicationBuilder builder)
    {
        builder.AddValidatedOptions<ProviderOptions>(ProviderOptions.Section);
        builder.Services.AddSingleton<ProviderBreakerGauge>();
        builder.Services.AddScoped<ProviderClient>();

        var client = builder.Services.AddHttpClient<ProviderHttpClient>((services, http) =>
        {
            var options = services.GetRequiredService<IOptions<ProviderOptions>>().Value;
            http.BaseAddress = options.Address;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
            http.Timeout = Timeout.InfiniteTimeSpan;   // the pipeline has its own attempt timeout
        });

        // The standard handler retries; a payment command is repeated only after a query of its outcome.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is the documented way to replace the defaults of ConfigureHttpClientDefaults.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("provider", (pipeline, context) =>
        {
            var options = context.ServiceProvider.GetRequiredService<IOptions<ProviderOptions>>().Value;
            var gauge = context.ServiceProvider.GetRequiredService<ProviderBreakerGauge>();
            pipeline
                .AddConcurrencyLimiter(options.MaxConcurrentCalls, queueLimit: 0)
                .AddCircuitBreaker(gauge.Observe(new HttpCircuitBreakerStrategyOptions
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
