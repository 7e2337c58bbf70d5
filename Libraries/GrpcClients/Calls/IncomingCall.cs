using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults;

namespace Shop.GrpcClients.Calls;

/// <summary>
/// The call that this service is answering just now, if it is: what it leaves of time, whether its caller has given up, and whose token it carries.
/// </summary>
internal sealed class IncomingCall(IHttpContextAccessor accessor)
{
    public (DateTime Deadline, CancellationToken GivenUp) Limits()
    {
        if (accessor.HttpContext is not { } http)
            return (DateTime.MaxValue, CancellationToken.None);

        return http.Features.Get<IServerCallContextFeature>()?.ServerCallContext is { } call
            ? (call.Deadline, call.CancellationToken)
            : (DateTime.MaxValue, http.RequestAborted);
    }

    /// <summary>
    /// The header as it came, for a member or an operator: their token was checked on the way in. Not from an endpoint that is for anyone:
    /// there this service speaks for itself, and who calls must not depend on a header that was not asked for.
    /// </summary>
    public string? MemberAuthorization() =>
        accessor.HttpContext is { } http && http.Caller().IsMember && http.GetEndpoint()?.Metadata.GetMetadata<AllowAnyoneAttribute>() is null
            ? http.Request.Headers.Authorization.ToString()
            : null;
}
