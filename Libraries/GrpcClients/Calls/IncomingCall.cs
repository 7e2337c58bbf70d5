using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.GrpcClients.Calls;

/// <summary>
/// The request that this service is processing, if any: its deadline, whether its caller has cancelled it, and its token.
/// </summary>
internal sealed class IncomingCall(IHttpContextAccessor accessor)
{
    public (DateTime Deadline, CancellationToken Cancelled) Limits()
    {
        if (accessor.HttpContext is not { } http)
            return (DateTime.MaxValue, CancellationToken.None);

        return http.Features.Get<IServerCallContextFeature>()?.ServerCallContext is { } call
            ? (call.Deadline, call.CancellationToken)
            : (DateTime.MaxValue, http.RequestAborted);
    }

    /// <summary>
    /// The unchanged header of a member or an operator, whose token was checked on arrival. Null for an endpoint that allows anyone: there the service calls with its own
    /// token, and its identity must not depend on an unchecked header.
    /// </summary>
    public string? MemberAuthorization() =>
        accessor.HttpContext is { } http && http.Caller().IsMember && http.GetEndpoint()?.Metadata.GetMetadata<AllowAnyoneAttribute>() is null
            ? http.Request.Headers.Authorization.ToString()
            : null;
}
