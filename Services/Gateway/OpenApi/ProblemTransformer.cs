using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Shop.Gateway.OpenApi;

/// <summary>Problem details as the shop answers them: what is always there, and what it adds to the standard's members.</summary>
internal static class ProblemTransformer
{
    public static Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        if (context.JsonTypeInfo.Type != typeof(ProblemDetails))
            return Task.CompletedTask;

        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Which problem it is, for programs: `urn:shop:problem:…`. Stable."),
            ["title"] = Text("Which problem it is, for people."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] = Text("What is wrong this time."),
            ["reason"] = Text("Why the shop says no, as a code, where the status alone does not say it: `unknown_product`."),
            ["total"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What the order would cost now, with the reason `price_changed`.",
                Properties = new Dictionary<string, IOpenApiSchema> { ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, ["currency"] = Text("ISO 4217.") },
                Required = new HashSet<string> { "amount", "currency" },
            },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with each field, all of it at once: `items[0].quantity`.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
            ["traceId"] = Text("Leads to the trace and the logs."),
        };
        schema.Required = new HashSet<string> { "type", "title", "status", "traceId" };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
