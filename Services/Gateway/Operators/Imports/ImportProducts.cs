using Grpc.Core;
using Microsoft.Net.Http.Headers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// Products from a CSV file, added or changed. The file streams through, as fast as Catalog takes it, and the report streams back meanwhile.
/// A failure after the first line of the report can only be reported in it.
/// </summary>
internal static partial class ImportProducts
{
    public const long MaxBytes = 512 * 1024 * 1024;

    public static async Task HandleAsync(HttpContext http, ProductImport import, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<ProductImport> logger)
    {
        if (!IsCsv(http.Request))
            throw new BadHttpRequestException("The body must be text/csv in UTF-8.", StatusCodes.Status415UnsupportedMediaType);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await using var file = new CsvFile(http.Request.Body);
        var columns = new ProductColumns(await file.ReadAsync(stop.Token));

        var report = new ImportReport(http.Response, clock);
        await report.BeginAsync(stop.Token);
        try
        {
            await import.RunAsync(file, columns, report, stop.Token);
            await report.DoneAsync(stop.Token);
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(logger, failure);
            await report.FailedAsync($"{Explain(failure)} What is imported stays; send the same file again to go on.", http.RequestAborted);
        }
    }

    private static bool IsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static string Explain(Exception failure) => failure switch
    {
        RpcException { StatusCode: StatusCode.Unauthenticated } => "The access token has expired.",
        RpcException of => of.ToShopException() is UnexpectedException ? "Something went wrong on our side." : of.ToShopException().Message,
        ShopException own => own.Message,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => $"The file is larger than {MaxBytes / 1024 / 1024} MB.",
        OperationCanceledException => "This gateway is being stopped.",
        _ => "Something went wrong on our side.",
    };

    [LoggerMessage(LogLevel.Warning, "An import of products broke off")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
