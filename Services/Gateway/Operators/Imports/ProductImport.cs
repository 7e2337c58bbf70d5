using System.Diagnostics;
using Grpc.Core;
using Shop.Catalog.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Text;

namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// Sends a file's products to Catalog in batches, each sent when the one before is stored. A batch that got no answer is sent again: that is done once.
/// </summary>
internal sealed partial class ProductImport(CatalogService.CatalogServiceClient catalog, TimeProvider clock, ILogger<ProductImport> logger)
{
    private const int MostProducts = 500_000;
    private const int BatchProducts = 100;
    // Well below what a gRPC call may carry.
    private const int BatchBytes = 256 * 1024;

    // Together half a minute: a service that has crashed is back by then.
    private const int Attempts = 12;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    internal async Task RunAsync(CsvFile file, ProductColumns columns, ImportReport report, CancellationToken cancel)
    {
        var (batch, lines, bytes, linesOfSkus) = (new ImportProductsRequest(), new List<int>(), 0, new Dictionary<string, int>());
        while (await file.ReadAsync(cancel) is { } record)
        {
            try
            {
                var product = columns.Read(record);
                Once(linesOfSkus, product.Sku, record.Line);
                batch.Products.Add(product);
                lines.Add(record.Line);
                bytes += product.CalculateSize();
            }
            catch (InvalidException failure)
            {
                await report.BadAsync(record.Line, failure.Errors.SelectMany(error => error.Value.Select(message => (error.Key, message))), cancel);
            }

            if (batch.Products.Count == BatchProducts || bytes > BatchBytes)
            {
                await StoreAsync(batch, lines, report, cancel);
                (batch, lines, bytes) = (new(), [], 0);
            }

            await report.ReportProgressAsync(cancel);
        }

        if (batch.Products.Count > 0)
            await StoreAsync(batch, lines, report, cancel);
    }

    // Two lines of one product would change it to and fro with every import; so would two that look the same.
    private static void Once(Dictionary<string, int> linesOfSkus, string sku, int line)
    {
        var lookalike = TextForm.Lookalike(sku);
        if (!linesOfSkus.TryAdd(lookalike, line))
            throw new InvalidException("sku", $"is the one of line {linesOfSkus[lookalike]}, too");
        if (linesOfSkus.Count > MostProducts)
            throw new RefusedException("too_many_products", $"The file has more than {MostProducts} products; import it in parts.");
    }

    private async Task StoreAsync(ImportProductsRequest batch, List<int> lines, ImportReport report, CancellationToken cancel)
    {
        var answer = await SendAsync(batch, cancel);
        report.Count(answer.Added, answer.Changed, answer.Unchanged);
        foreach (var refused in answer.Refused.GroupBy(field => field.Index))
            await report.BadAsync(lines[refused.Key], refused.Select(field => (NameOf(field.Field), field.Message)), cancel);
    }

    private async Task<ImportProductsResponse> SendAsync(ImportProductsRequest batch, CancellationToken cancel)
    {
        // A trace for each batch: one with everything that 100,000 products set off would help nobody.
        Activity.Current = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await catalog.ImportProductsAsync(batch, cancellationToken: cancel);
            }
            catch (RpcException failure) when (attempt < Attempts && !cancel.IsCancellationRequested && failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                var pause = TimeSpan.FromMilliseconds(250 * (1 << Math.Min(attempt, 10)));
                LogAgain(failure.StatusCode, attempt);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancel);
            }
        }
    }

    // The file has one column for the price.
    private static string NameOf(string field) => field == "price.amount" ? "price" : field;

    [LoggerMessage(LogLevel.Warning, "Catalog answers {Status} to a batch of an import (attempt {Attempt}): it is sent again")]
    private partial void LogAgain(StatusCode status, int attempt);
}
