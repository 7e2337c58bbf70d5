using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Shop.Gateway.OpenApi;

/// <summary>Describes the bodies that endpoints read themselves.</summary>
internal static class BodyTransformer
{
    public static async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyShape>().SingleOrDefault() is not { } body)
            return;

        var schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancel);
        context.Document?.AddComponent(body.Type.Name, schema);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = !body.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchemaReference(body.Type.Name, context.Document),
                    Example = JsonNode.Parse(body.Example),
                },
            },
        };
    }
}
