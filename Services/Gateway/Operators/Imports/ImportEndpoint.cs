using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Shop.Gateway.OpenApi;

namespace Shop.Gateway.Operators.Imports;

internal static class ImportEndpoint
{
    public static void MapProductImport(this RouteGroupBuilder ops) => ops.MapPost("/products/import", ImportProducts.HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(ImportProducts.MaxBytes))
        .WithName("importProducts").WithSummary("Adds and changes products from a CSV file, known by their SKU, with a report that streams.")
        .Produces<ImportReportLine>(StatusCodes.Status200OK, ImportReport.ContentType)
        .Answers(400, 401, 403, 413, 415)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "UTF-8. The first line names the columns: `sku,categoryId,price,name.ko,name.en,description.ko,description.en`, and `imageUrl` if there is one.",
                Content = new Dictionary<string, OpenApiMediaType> { ["text/csv"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
            };
            return Task.CompletedTask;
        });
}
