using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Gateway.OpenApi;

/// <summary><c>/openapi/v1.json</c>: every call with every status that it answers; 429, 500 and 503 once for all.</summary>
internal static class ApiDocument
{
    private const string Bearer = "bearer";
    private const string TooMany = "TooManyRequests";
    private const string Unavailable = "ServiceUnavailable";
    private const string Failed = "InternalServerError";

    public static void AddOpenApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(BodyTransformer.TransformAsync);
        options.AddOperationTransformer(QueryTransformer.TransformAsync);
        options.AddOperationTransformer(EveryOperationAsync);
        options.AddOperationTransformer(LanguageTransformer.TransformAsync);
        options.AddSchemaTransformer(ProblemTransformer.TransformAsync);
        options.AddSchemaTransformer(WordsTransformer.TransformAsync);
    });

    public static void MapOpenApiDocument(this WebApplication app) => app.MapOpenApi("/openapi/v1.json").AllowAnyone();

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "Shop",
            Version = "v1",
            Description = """
                Errors are problem details (RFC 9457) with a stable `type`, a `traceId`, and `errors` per field where fields are wrong.
                Any call can answer 429 (too many requests; `Retry-After` says when to retry), 500 (a fault of ours) and 503 (a part of the shop is unavailable).
                Amounts are in minor units. Lists are paged by key.
                """,
        };
        // Where the document came from. The framework would write down whatever Host the request had.
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.Responses = new Dictionary<string, IOpenApiResponse>
        {
            [TooMany] = Problem("Too many requests. `Retry-After` says, in seconds, when to come again."),
            [Failed] = Problem("Something went wrong in the shop. `traceId` names the trace for its operators."),
            [Unavailable] = Problem("A part of the shop is unavailable at the moment. The same request may succeed later."),
        };
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The `accessToken` of a session." },
        };
        return Task.CompletedTask;
    }

    private static Task EveryOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Responses ??= [];
        operation.Responses["429"] = new OpenApiResponseReference(TooMany, context.Document);
        operation.Responses["500"] = new OpenApiResponseReference(Failed, context.Document);
        operation.Responses["503"] = new OpenApiResponseReference(Unavailable, context.Document);

        var inOrder = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal))
            inOrder[status] = response;
        operation.Responses = inOrder;

        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<AllowAnyoneAttribute>().Any())
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    private static OpenApiResponse Problem(string description) => new()
    {
        Description = description,
        Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeader { Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } } },
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails") } },
    };
}
