using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.WarmUp;

/// <summary>Section <c>WarmUp</c>.</summary>
internal sealed class WarmUpOptions
{
    public const string Section = "WarmUp";

    /// <summary>False: the service is ready without warm-up, and the first callers wait longer.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Timeout of a step, including its wait for dependencies. After it the service is ready without the step.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The delay before the retry of a step after a transient failure.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(300);
}
