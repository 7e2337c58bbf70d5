using System.Text.Json;
using Shop.Console.Actions;
using Shop.Design.Languages;
using Shop.Design.Sessions;

namespace Shop.Console.Imports;

/// <summary>Sends a CSV file to the API, and reads the report that streams back.</summary>
internal sealed class ImportProducts(GatewayClient gateway, Wording words)
{
    // More belongs into a file of its own; the number of bad lines is counted always.
    private const int MostLines = 100;

    // The gateway passes the token on with each batch.
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(12);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <returns>Products added, changed, unchanged and refused, and what is wrong with the refused ones, in words.</returns>
    public async Task<ActionOutcome> HandleAsync(Stream file, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ops/products/import") { Content = new StreamContent(file) { Headers = { ContentType = new("text/csv") { CharSet = "utf-8" } } } };
        using var answer = await gateway.OpenMineAsync(request, cancel, validFor: LongestImport);
        using var report = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel));
        var (lines, last) = (new List<string>(), (ReportLine?)null);
        try
        {
            while (await report.ReadLineAsync(cancel) is { } text)
            {
                var line = JsonSerializer.Deserialize<ReportLine>(text, Json)!;
                if (line.Event == "bad" && lines.Count < MostLines)
                    lines.Add(words["import.bad", line.Line ?? 0, line.Field ?? "", line.Message ?? ""]);
                if (line.Event is "done" or "failed" or "progress")
                    last = line;
            }
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested && failure is HttpRequestException or IOException or JsonException)
        {
            // The end of the report is missing: the import is not over, and the same file can be sent again.
            last = last is null ? null : last with { Event = "progress" };
        }

        if (last?.Event == "failed")
            lines.Insert(0, last.Message ?? words["import.broken"]);
        else if (last?.Event != "done")
            lines.Insert(0, words["import.broken"]);
        return new(last?.Added ?? 0, last?.Changed ?? 0, last?.Unchanged ?? 0, last?.Bad ?? 0) { IsComplete = last?.Event == "done", Lines = lines };
    }

    private sealed record ReportLine(string Event, int? Line = null, string? Field = null, string? Message = null, int? Added = null, int? Changed = null, int? Unchanged = null, int? Bad = null);
}
