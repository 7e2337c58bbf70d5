using System.ComponentModel.DataAnnotations;

namespace Shop.GrpcClients;

/// <summary>
/// How one upstream is called. Set in code by <c>AddGrpcClient</c>; the configuration section <c>GrpcClients:{name}</c> overrides it. Checked at start.
/// </summary>
public sealed class GrpcClientOptions
{
    private readonly HashSet<string> _idempotent = [];
    private readonly HashSet<string> _reads = [];

    /// <summary>
    /// The longest a call may take with all its attempts. It ends earlier where less is left of the call that this service is answering.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same for a stream of answers, from its start to its end.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StreamTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The bulkhead: calls under way at once, so that one slow upstream cannot take all threads and memory.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentCalls { get; set; } = 100;

    /// <summary>Calls that wait for a place; more are refused at once ("bulkhead_full").</summary>
    [Range(0, 10_000)]
    public int MaxQueuedCalls { get; set; } = 100;

    /// <summary>
    /// So much longer than <see cref="Timeout"/> may it take if there is a queue; the call itself still has <see cref="Timeout"/>, from when it has a place.
    /// For a crowd that is better served late than sent away. When the breaker opens the whole queue is refused.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan QueueTimeout { get; set; }

    /// <summary>HTTP/2 connections per address: each sticks to one replica behind a shared port, several reach several.</summary>
    [Range(1, 64)]
    public int Connections { get; set; } = 4;

    /// <summary>After this a connection takes no new calls: a replica that was added gets its share.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A read that takes longer is asked a second time elsewhere; the first answer counts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The breaker opens when this share of the calls within the window failed…</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>…and there were at least so many.</summary>
    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it stays open until one call is let through to see.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A call that ends without an answer counts as a failure if it had so much time (or half of <see cref="Timeout"/>), also where its deadline was shorter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan FairTime { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Hands on the token of the member whose request is being answered, where there is one; otherwise the service's own. For the gateway.</summary>
    public bool PassMemberToken { get; set; }

    /// <summary>Sends no token at all.</summary>
    public bool Anonymous { get; set; }

    /// <summary>Where it is, if it is not to be found by its name.</summary>
    public Uri? Address { get; set; }

    /// <summary>Who had less, asked in the last millisecond, is not to blame.</summary>
    internal TimeSpan EnoughTime => FairTime < Timeout / 2 ? FairTime : Timeout / 2;

    /// <summary>A connection on which calls wait and nothing has come for so long is asked for a sign of life…</summary>
    internal TimeSpan PingDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>…and given up if there is none for so long.</summary>
    internal TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal IReadOnlySet<string> IdempotentMethods => _idempotent;

    internal IReadOnlySet<string> ReadMethods => _reads;

    /// <summary>Methods that may be carried out twice without harm: tried again when the upstream is away.</summary>
    /// <param name="methods">Names as in the contract: "Reserve".</param>
    public GrpcClientOptions Idempotent(params string[] methods)
    {
        _idempotent.UnionWith(methods);
        return this;
    }

    /// <summary>Methods without any effect: hedged, that is asked a second time before the first has failed.</summary>
    /// <param name="methods">Names as in the contract: "GetProducts".</param>
    public GrpcClientOptions Reads(params string[] methods)
    {
        _reads.UnionWith(methods);
        return this;
    }
}
