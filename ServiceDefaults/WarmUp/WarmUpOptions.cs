using System.ComponentModel.DataAnnotations;

namespace Shop.ServiceDefaults.WarmUp;

/// <summary>Section <c>WarmUp</c>.</summary>
internal sealed class WarmUpOptions
{
    public const string Section = "WarmUp";

    /// <summary>False: ready as soon as the health checks say so, and the first callers wait.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long one step may take, waiting for what it needs included. Then the service is ready without it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long until a step is tried again when what it needs is away.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(300);
}
