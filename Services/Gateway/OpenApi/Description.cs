using System.Diagnostics.CodeAnalysis;

namespace Shop.Gateway.OpenApi;

/// <summary>What the document says about an endpoint that its signature does not: endpoints read bodies themselves and throw their errors.</summary>
internal static class Description
{
    private const string Problem = "application/problem+json";

    /// <summary>Problems with these statuses.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status, Problem);

        return endpoint;
    }

    /// <summary>A JSON body of this shape, with the statuses that reading one can end in.</summary>
    /// <param name="example">One that would be accepted.</param>
    /// <param name="isOptional">A request without a body is accepted, too.</param>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint, [StringSyntax(StringSyntaxAttribute.Json)] string example, bool isOptional = false) =>
        endpoint.WithMetadata(new BodyShape(typeof(TBody), example, isOptional)).Answers(400, 413, 415);
}

/// <summary>Not <c>Accepts</c>, which would make routing answer 415 before access is checked.</summary>
internal sealed record BodyShape(Type Type, string Example, bool IsOptional);
