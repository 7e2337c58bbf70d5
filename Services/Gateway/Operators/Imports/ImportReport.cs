using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Gateway.Operators.Imports;

/// <summary>A line of the report: <c>bad</c> (what is wrong with one field of one line), <c>progress</c>, and at the end <c>done</c> or <c>failed</c>.</summary>
/// <param name="Lines">Products in the file so far, good and bad.</param>
internal sealed record ImportReportLine(
    string Event, int? Line = null, string? Field = null, string? Message = null, int? Lines = null, int? Added = null, int? Changed = null, int? Unchanged = null, int? Bad = null);

/// <summary>
/// What an importing operator reads while it runs: a JSON object a line. Bad lines are reported up to a number, and always counted.
/// Without <c>done</c> at its end the import is not over, and the same file can be sent again.
/// </summary>
internal sealed class ImportReport(HttpResponse response, TimeProvider clock)
{
    public const string ContentType = "application/x-ndjson";
    public const int MostReported = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private int _lines;
    private int _added;
    private int _changed;
    private int _unchanged;
    private int _bad;
    private long _reportedAt;

    public async Task BeginAsync(CancellationToken cancel)
    {
        response.ContentType = ContentType;
        await ProgressAsync(cancel);
    }

    public void Count(int added, int changed, int unchanged)
    {
        _lines += added + changed + unchanged;
        (_added, _changed, _unchanged) = (_added + added, _changed + changed, _unchanged + unchanged);
    }

    /// <param name="errors">All that is wrong with the line.</param>
    public async Task BadAsync(int line, IEnumerable<(string Field, string Message)> errors, CancellationToken cancel)
    {
        _lines++;
        if (++_bad > MostReported)
            return;
        foreach (var (field, message) in errors)
            await WriteAsync(new("bad", line, field, message), cancel);
    }

    /// <summary>At most once a second.</summary>
    public async Task ReportProgressAsync(CancellationToken cancel)
    {
        if (clock.GetElapsedTime(_reportedAt) >= Interval)
            await ProgressAsync(cancel);
    }

    public Task DoneAsync(CancellationToken cancel) => EndAsync("done", null, cancel);

    public Task FailedAsync(string message, CancellationToken cancel) => EndAsync("failed", message, cancel);

    private async Task ProgressAsync(CancellationToken cancel)
    {
        _reportedAt = clock.GetTimestamp();
        await EndAsync("progress", null, cancel);
    }

    private async Task EndAsync(string @event, string? message, CancellationToken cancel)
    {
        await WriteAsync(new(@event, null, null, message, _lines, _added, _changed, _unchanged, _bad), cancel);
        await response.Body.FlushAsync(cancel);
    }

    private async Task WriteAsync(ImportReportLine line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(response.Body, line, Json, cancel);
        await response.Body.WriteAsync("\n"u8.ToArray(), cancel);
    }
}
