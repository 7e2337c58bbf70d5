using System.Text;
using CsvHelper;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// Reads a CSV file record by record, never much more of it at a time than a record may have. One that is broken costs its first line only. So that a quote
/// that somebody forgot to close does not swallow the products below it, the file is read line by line, and lines are joined only where that makes a whole
/// record: one with as many fields as the first.
/// </summary>
internal sealed class CsvFile : IAsyncDisposable
{
    /// <summary>In bytes. Twice what the longest valid product has, were each of its letters an emoji.</summary>
    public const int LongestRecord = 64 * 1024;

    /// <summary>In bytes. A longer line ends the reading.</summary>
    public const int LongestLine = 4 * 1024 * 1024;

    /// <param name="IsOpen">A quote is open at its end.</param>
    /// <param name="Text">Null for one that is too long.</param>
    private sealed record PhysicalLine(CsvRecord Record, bool IsOpen, string? Text);

    private static readonly CsvReaderOptions Options = new() { HasHeader = false, Separator = ',', SkipEmptyLines = false, TrackLineNumbers = true };

    private readonly CsvReader _lines;
    private Queue<PhysicalLine> _ahead = [];
    private CsvMalformedReason? _malformed;
    private int? _fields;

    public CsvFile(Stream file) => _lines = CsvReader.Create(file, Options with
    {
        AllowLineBreaksInQuotes = false,
        MaxRecordSize = LongestLine,
        OnMalformedRecord = record => _malformed = record.Reason,
    }, leaveOpen: true);

    /// <returns>Null at the end. Empty lines are passed over.</returns>
    /// <exception cref="InvalidException">A line is longer than <see cref="LongestLine"/>.</exception>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken cancel)
    {
        while (await NextAsync(cancel) is { } line)
        {
            if (line.Record is { Fault: null, Fields: [""] })
                continue;

            var record = line.IsOpen && await JoinAsync(line, cancel) is { } joined ? joined : line.Record;
            _fields ??= record.Fields.Count;
            return record;
        }

        return null;
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();

    private async ValueTask<PhysicalLine?> NextAsync(CancellationToken cancel) => _ahead.TryDequeue(out var line) ? line : await ReadLineAsync(cancel);

    private async ValueTask<PhysicalLine?> ReadLineAsync(CancellationToken cancel)
    {
        _malformed = null;
        try
        {
            if (!await _lines.ReadAsync(cancel))
                return null;
        }
        catch (CsvFormatException failure)
        {
            throw new InvalidException($"A line is longer than {LongestLine / 1024 / 1024} MB.", failure);
        }

        var number = (int)_lines.LineNumber;
        if (_lines.RawRecord.Length > LongestRecord)
            return new(new(number, [], $"is longer than {LongestRecord / 1024} KB"), IsOpen: false, Text: null);

        return new(new(number, Fields(_lines), Fault(_malformed)), _malformed == CsvMalformedReason.LineBreakInQuotes, Encoding.UTF8.GetString(_lines.RawRecord));
    }

    /// <returns>Null if the lines below do not make it a whole record; then they are read again one by one.</returns>
    private async ValueTask<CsvRecord?> JoinAsync(PhysicalLine first, CancellationToken cancel)
    {
        var (text, below) = (new StringBuilder(first.Text), new List<PhysicalLine>());
        while (text.Length < LongestRecord && await NextAsync(cancel) is { } next)
        {
            below.Add(next);
            text.Append('\n').Append(next.Text);
            if (next.Text is null)
                break;
            if (!next.Text.Contains('"', StringComparison.Ordinal) || Parse(text.ToString(), first.Record.Line) is not { } whole)
                continue;
            if (whole.Fault is null && whole.Fields.Count == (_fields ?? whole.Fields.Count))
                return whole;
            break;
        }

        _ahead = new([.. below, .. _ahead]);
        return null;
    }

    /// <returns>Null if a quote is still open.</returns>
    private static CsvRecord? Parse(string text, int line)
    {
        CsvMalformedReason? malformed = null;
        using var record = CsvReader.FromText(text, Options with { OnMalformedRecord = found => malformed = found.Reason });
        record.Read();
        return malformed == CsvMalformedReason.UnterminatedQuote ? null : new(line, Fields(record), Fault(malformed));
    }

    private static string[] Fields(CsvReader record) => [.. Enumerable.Range(0, record.FieldCount).Select(record.GetString)];

    // A quote inside a field that is not quoted is an ordinary letter: 27" is no mistake.
    private static string? Fault(CsvMalformedReason? malformed) => malformed switch
    {
        null or CsvMalformedReason.StrayQuote => null,
        CsvMalformedReason.TextAfterClosingQuote => "has text behind a closing quote",
        _ => "has a quote that is never closed",
    };
}
