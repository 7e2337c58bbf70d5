using System.ComponentModel.DataAnnotations;

namespace Shop.PaymentProvider;

/// <summary>What the provider agreed with its one customer. Read from the root of the configuration.</summary>
public sealed class ProviderOptions : IValidatableObject
{
    /// <summary>The bearer key of every call to <c>/v1/charges…</c>.</summary>
    [Required, MinLength(16)]
    public string ApiKey { get; set; } = "";

    /// <summary>What webhooks are signed with.</summary>
    [Required, MinLength(16)]
    public string WebhookSecret { get; set; } = "";

    public WebhookTarget Webhooks { get; set; } = new();

    public AnswerRetention Answers { get; set; } = new();

    /// <summary>How long <c>tok_slow</c> lets a caller wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan SlowAnswer { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Webhooks.Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            yield return new ValidationResult("Webhooks:Url must be an absolute http or https address.", [nameof(Webhooks)]);
        if (Answers.KeptFor < AnswerRetention.AtLeast || Answers.Every <= TimeSpan.Zero)
            yield return new ValidationResult("Answers:KeptFor must be at least a day, Answers:Every more than nothing.", [nameof(Answers)]);
    }
}

/// <summary>Where webhooks go.</summary>
public sealed class WebhookTarget
{
    /// <summary>Absent: no webhooks are sent.</summary>
    public Uri? Url { get; set; }
}

/// <summary>How long whoever repeats a write gets the answer of the first time.</summary>
public sealed class AnswerRetention
{
    /// <summary>What callers are promised.</summary>
    internal static readonly TimeSpan AtLeast = TimeSpan.FromHours(24);

    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often older ones are looked for.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);
}

internal static class ProviderOptionsSetup
{
    public static void AddProviderOptions(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<ProviderOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();
}
