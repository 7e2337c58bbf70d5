using System.ComponentModel.DataAnnotations;

namespace Shop.GrpcClients;

/// <summary>
/// Limits of the calls to one upstream. Set in code by <c>AddGrpcClient</c>; the configuration section <c>GrpcClients:{name}</c> overrides it. Validated at start.
/// </summary>
public sealed class GrpcClientOptions
{
    private readonly HashSet<string> _idempotent = [];
    private readonly HashSet<string> _reads = [];

    /// <summary>
    /// The deadline of a call with all its attempts. It is shorter if less time is left of the request that this service is processing.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a server stream, from its start to its end.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The bulkhead's permits: concurrent calls, so that one slow upstream cannot take all threads and memory.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 100;

    /// <summary>Calls that may wait for a permit; further calls are refused at once ("bulkhead_full").</summary>
    [Range(0, 10_000)]
    public int MaxQueuedCalls { get; set; } = 100;

    /// <summary>
    /// The longest wait for a permit, in addition to <see cref="Timeout"/>, which starts with the permit. For bursts of callers that are better served late than refused.
    /// When the breaker opens, the whole queue is refused.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan QueueTimeout { get; set; }

    /// <summary>HTTP/2 connections per address: behind a shared port each stays with one replica, so several reach several replicas.</summary>
    [Range(1, 64)]
    public int Connections { get; set; } = 4;

    /// <summary>After this a connection takes no new calls, so that new replicas get their share.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A read that takes longer is sent a second time, over another connection; the first response counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The breaker opens if this share (0 to 1) of the calls within <see cref="SamplingDuration"/> failed.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The fewest calls within <see cref="SamplingDuration"/> for the breaker to open.</summary>
    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 10;

    /// <summary>The breaker's sliding window.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the breaker stays open until it is half-open: then one call decides.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A call that exceeds its deadline counts as a failure only if it had this much time (or half of <see cref="Timeout"/>, if that is less).</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan FairTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Passes the token of the member whose request is processed, if there is one; otherwise the service's own. For the gateway.</summary>
    public bool PassMemberToken { get; set; }

    /// <summary>Sends no token at all.</summary>
    public bool Anonymous { get; set; }

    /// <summary>The upstream's address; null: service discovery by its name.</summary>
    public Uri? Address { get; set; }

    /// <summary>The effective <see cref="FairTime"/>: with less time, an exceeded deadline is no failure of the upstream.</summary>
    internal TimeSpan EnoughTime => FairTime < Timeout / 2 ? FairTime : Timeout / 2;

    /// <summary>A connection with pending calls on which nothing was received for this long is pinged.</summary>
    internal TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that does not answer a ping within this time is closed.</summary>
    internal TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal IReadOnlySet<string> IdempotentMethods => _idempotent;

    internal IReadOnlySet<string> ReadMethods => _reads;

    /// <summary>Declares methods that are idempotent: they are retried if the upstream is unavailable.</summary>
    /// <param name="methods">Names as in the contract: "Reserve".</param>
    public GrpcClientOptions Idempotent(params string[] methods)
    {
        _idempotent.UnionWith(methods);
        return this;
    }

    /// <summary>Declares methods without effects: they are hedged, that is sent a second time after <see cref="HedgeAfter"/>.</summary>
    /// <param name="methods">Names as in the contract: "GetProducts".</param>
    public GrpcClientOptions Reads(params string[] methods)
    {
        _reads.UnionWith(methods);
        return this;
    }
}
