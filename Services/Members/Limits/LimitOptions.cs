using System.ComponentModel.DataAnnotations;

namespace Shop.Members.Limits;

/// <summary>The limits of sign-ins and sign-ups. Section <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Consecutive failed sign-ins before an account has to wait.</summary>
    [Range(1, 1000)]
    public int GuessesPerAccount { get; set; } = 5;

    /// <summary>Doubled by every further <see cref="GuessesPerAccount"/> failures.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(30);

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>An account's failures are purged after this time without a guess.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "30.00:00:00")]
    public TimeSpan ForgetGuessesAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Failed sign-ins from one client address in <see cref="Window"/>.</summary>
    [Range(1, 1_000_000)]
    public int FailedSignInsPerAddress { get; set; } = 100;

    /// <summary>Sign-ups from one client address in <see cref="Window"/>.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerAddress { get; set; } = 120;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Password hashes that this replica computes concurrently. By default half of the processors.</summary>
    [Range(1, 1000)]
    public int HashesAtOnce { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Sign-ins and sign-ups that may wait for a hash. At least as many as one address may send concurrently, and fewer than the gateway's concurrent calls of this
    /// service, so that other calls are not blocked.
    /// </summary>
    [Range(1, 10_000)]
    public int HashesWaiting { get; set; } = 128;
}
