using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults;

public static class CallerExtensions
{
    /// <summary>Who calls this HTTP endpoint, read from a token that was checked.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? ServiceDefaults.Caller.Anonymous;

    /// <summary>Who calls this gRPC method, read from a token that was checked.</summary>
    public static Caller Caller(this ServerCallContext context) => context.GetHttpContext().Caller();
}
