using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;
using Shop.ServiceDefaults.Configuration;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Limits;

internal static class MemberLimitExtensions
{
    /// <summary>The policy of calls that stay open.</summary>
    public const string Streams = "streams";

    public static void AddMemberLimit(this WebApplicationBuilder builder)
    {
        builder.AddValidatedOptions<MemberLimitOptions>(MemberLimitOptions.Section);
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<MemberLimitOptions>>((limiter, options) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Guid>(http => Of(IsOpenToAll(http) ? null : http.Caller().MemberId, options.Value));
            limiter.AddPolicy(Streams, http => RateLimitPartition.GetConcurrencyLimiter(
                http.Caller().Member, _ => new() { PermitLimit = options.Value.Streams, QueueLimit = 0 }));
            // Thrown, so that this refusal has the form of every other problem.
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
