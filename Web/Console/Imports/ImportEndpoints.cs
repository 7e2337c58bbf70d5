using Microsoft.AspNetCore.Mvc;
using Shop.Console.Actions;
using Shop.Design.Gateway;
using Shop.Design.Languages;
using Shop.Design.Pages;

namespace Shop.Console.Imports;

internal static class ImportEndpoints
{
    /// <summary>In bytes; about 130,000 products, whose import takes half as long as a token is valid. Larger files are for the API.</summary>
    private const long LargestFile = 32 * 1024 * 1024;

    public static void MapImport(this IEndpointRouteBuilder app)
    {
        app.MapPage("/products/import", () => View.Of<ImportPage>(new ImportModel(Guid.CreateVersion7(), FormErrors.None)));
        app.MapForm("/products/import", ImportAsync).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
    }

    private static async Task<IResult> ImportAsync(HttpContext http, ImportProducts import, ActionRunner runner, Wording words, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var key = ActionPages.KeyOf(form);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return View.Of<ImportPage>(new ImportModel(key, FormErrors.None.With("file", words["import.file.missing"])), StatusCodes.Status422UnprocessableEntity);

        try
        {
            await runner.RunAsync(key, "products.import", file.FileName, async token =>
            {
                await using var stream = file.OpenReadStream();
                return await import.HandleAsync(stream, token);
            });
        }
        catch (ApiException failure) when (failure.Status == 400)
        {
            // The first line is not that of such a file: the API says what is missing.
            var errors = FormErrors.None.With("file", words["import.columns", string.Join(", ", failure.Errors.Keys)]);
            return View.Of<ImportPage>(new ImportModel(Guid.CreateVersion7(), errors), StatusCodes.Status422UnprocessableEntity);
        }

        return ActionPages.GoBack(http, "/products", key);
    }
}
