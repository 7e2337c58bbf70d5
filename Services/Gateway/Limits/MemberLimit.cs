using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Limits;

/// <summary>Section <c>MemberLimit</c>.</summary>
internal sealed class MemberLimitOptions
{
    /// <summary>Requests of one member in <see cref="Window"/>, per replica of the gateway.</summary>
    [Range(1, 1_000_000)]
    public int Requests { get; set; } = 600;

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many streams of events one member may have open, per replica of the gateway.</summary>
    [Range(1, 10_000)]
    public int Streams { get; set; } = 20;
}

internal static class MemberLimit
{
    /// <summary>The policy of calls that stay open.</summary>
    public const string Streams = "streams";

    public static void AddMemberLimit(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<MemberLimitOptions>("MemberLimit");
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<MemberLimitOptions>>((limiter, options) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Guid>(http => Of(IsOpenToAll(http) ? null : http.Caller().MemberId, options.Value));
            limiter.AddPolicy(Streams, http => RateLimitPartition.GetConcurrencyLimiter(
                http.Caller().Member, _ => new() { PermitLimit = options.Value.Streams, QueueLimit = 0 }));
            // Thrown, so that this refusal looks like every other problem.
            limiter.OnRejected = (rejected, _) => throw new TooManyException(
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : options.Value.Window);
        });
    }

    /// <summary>What anyone may read comes from a cache and is free; nobody is better off without a token.</summary>
    private static bool IsOpenToAll(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<AllowAnyoneAttribute>() is not null;

    /// <summary>Strangers have no limit here: what they may try is limited where it is done.</summary>
    private static RateLimitPartition<Guid> Of(Guid? member, MemberLimitOptions options) => member is { } id
        ? RateLimitPartition.GetFixedWindowLimiter(id, _ => new() { PermitLimit = options.Requests, Window = options.Window, QueueLimit = 0 })
        : RateLimitPartition.GetNoLimiter(Guid.Empty);
}
