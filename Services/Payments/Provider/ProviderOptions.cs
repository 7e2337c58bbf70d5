using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Provider;

/// <summary>The provider's address, credentials, timeouts, bulkhead and circuit breaker. Section <c>Provider</c>.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Provider";

    [Required]
    public Uri Address { get; set; } = new("http://_http.payment-provider");

    [Required, MinLength(16)]
    public string ApiKey { get; set; } = "";

    /// <summary>What the provider signs webhooks with.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "";

    /// <summary>How far a webhook's time may differ from this service's clock, in either direction.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WebhookTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The timeout of one call. The provider's slow cards take 5 s, which is no failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(6.5);

    /// <summary>The timeout of the query after a lost answer: it must fit into the rest of the caller's deadline.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LookUpTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The bulkhead: concurrent calls. More are refused at once, so that a slow provider does not exhaust this process.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 256;

    /// <summary>The share of failed calls that opens the circuit breaker. More than 0.5, which a single flaky card can reach.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.7;

    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
