using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Shop.Gateway.OpenApi;

/// <summary>The states by which the list of an endpoint can be filtered.</summary>
internal sealed record StatesOf(params string[] States);

/// <summary>The orders in which the list of an endpoint can be sorted.</summary>
internal sealed record SortsOf(params string[] Sorts);

/// <summary>Parameters are bound as text, so that a bad one is reported like a bad field; this says what they really are.</summary>
internal static class QueryTransformer
{
    public static Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter, context);

        return Task.CompletedTask;
    }

    private static void Describe(OpenApiParameter parameter, OpenApiOperationTransformerContext context)
    {
        switch (parameter.Name)
        {
            case "id" or "productId" or "memberId" or "orderId":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
                break;
            case "pageSize":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100", Default = 20 };
                break;
            case "pageToken":
                parameter.Description = "The `nextPageToken` of the page before. With it the other parameters may be left out.";
                break;
            case "unread":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false };
                parameter.Description = "`true`: only those that are not read yet.";
                break;
            case "sort":
                parameter.Schema = Words(context.Description.ActionDescriptor.EndpointMetadata.OfType<SortsOf>().Single().Sorts);
                break;
            case "state" or "status":
                parameter.Schema = Words(context.Description.ActionDescriptor.EndpointMetadata.OfType<StatesOf>().Single().States);
                break;
            case "day":
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" };
                parameter.Description = "In UTC. Without it: the last day that is due for comparison by the default settings.";
                break;
            case "Idempotency-Key":
                parameter.Required = true;
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 };
                parameter.Description = "Visible ASCII. The same key with the same body is answered the same and takes effect once.";
                break;
            case "If-Match":
                parameter.Description = "The `ETag` of the stock as it was read.";
                break;
            case "Signature":
                parameter.Required = true;
                parameter.Description = "`t=…,v1=…`";
                break;
        }
    }

    private static OpenApiSchema Words(params string[] words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };
}
