using System.ComponentModel.DataAnnotations;

namespace Shop.Payments.Provider;

/// <summary>How the provider is reached, and how much of its trouble is let in. Section <c>Provider</c>.</summary>
public sealed class ProviderOptions
{
    public const string Section = "Provider";

    [Required]
    public Uri Address { get; set; } = new("http://_http.payment-provider");

    [Required, MinLength(16)]
    public string ApiKey { get; set; } = "";

    /// <summary>What the provider signs webhooks with.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "";

    /// <summary>How old, or how far ahead, a webhook's time may be.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WebhookTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For one answer. The provider's slow cards take 5 s, and that is not yet a failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(6.5);

    /// <summary>For the look-up that follows an answer that never came: it must fit into what is left of the caller's patience.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LookUpTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The bulkhead: calls at the provider at the same time. More are refused at once, so that a slow provider never fills this process.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 256;

    /// <summary>The share of failed calls that opens the breaker. Above one half, which a single flaky card can reach.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.7;

    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
