using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The range of every value.</summary>
[OptionsValidator]
internal sealed partial class HttpStandardResilienceOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>;

/// <summary>What the values mean for each other.</summary>
internal sealed class HttpStandardResilienceOptionsConsistency : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        var (attempt, total, sampling) = (options.AttemptTimeout.Timeout, options.TotalRequestTimeout.Timeout, options.CircuitBreaker.SamplingDuration);
        if (attempt > total)
        {
            errors.AddError($"The timeout of the whole request ({total.TotalSeconds} s) must not be shorter than that of an attempt ({attempt.TotalSeconds} s).");
        }

        if (sampling < 2 * attempt)
        {
            errors.AddError($"The sampling duration of the circuit breaker ({sampling.TotalSeconds} s) must be at least twice the timeout of an attempt ({attempt.TotalSeconds} s).");
        }

        return errors.Build();
    }
}
