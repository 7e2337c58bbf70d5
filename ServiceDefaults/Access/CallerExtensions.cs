using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Shop.ServiceDefaults.Access;

/// <summary>The caller of a request.</summary>
public static class CallerExtensions
{
    /// <summary>The caller of an HTTP request, by its checked token.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Access.Caller.Anonymous;

    /// <summary>The caller of a gRPC call, by its checked token.</summary>
    public static Caller Caller(this ServerCallContext context) => context.GetHttpContext().Caller();
}
