using System.ComponentModel.DataAnnotations;

namespace Shop.PaymentProvider;

/// <summary>The provider's settings for its one customer. Read from the root of the configuration.</summary>
internal sealed class ProviderOptions : IValidatableObject
{
    /// <summary>The bearer key of every call to <c>/v1/charges…</c> and <c>/v1/movements</c>.</summary>
    [Required, MinLength(16)]
    public string ApiKey { get; set; } = "";

    /// <summary>The key of the webhooks' signatures.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "";

    public WebhookTarget Webhooks { get; set; } = new();

    public AnswerRetention Answers { get; set; } = new();

    /// <summary>The delay of answers with <c>tok_slow</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SlowAnswer { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Webhooks.Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return new ValidationResult("Webhooks:Url must be an absolute http or https address.", [nameof(Webhooks)]);
        if (Answers.Retention < AnswerRetention.AtLeast || Answers.Interval <= TimeSpan.Zero)
            yield return new ValidationResult("Answers:Retention must be at least a day, Answers:Interval more than 0.", [nameof(Answers)]);
    }
}

/// <summary>The receiver of webhooks.</summary>
internal sealed class WebhookTarget
{
    /// <summary>Absent: no webhooks are sent.</summary>
    public Uri? Url { get; set; }
}

/// <summary>How long the answers of idempotency keys are stored.</summary>
internal sealed class AnswerRetention
{
    /// <summary>The minimum that callers can rely on.</summary>
    internal static readonly TimeSpan AtLeast = TimeSpan.FromHours(24);

    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The interval of the purge.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);
}
