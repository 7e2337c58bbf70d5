namespace Shop.Gateway.Operators.Imports;

/// <summary>
/// Reads a CSV file record by record, never more of it at a time than the longest record may have. A record that is broken costs its first line only:
/// reading goes on behind that, so a quote that somebody forgot to close does not swallow the products below it.
/// </summary>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>In UTF-16 units. Twice what the longest valid product has, were each of its letters an emoji.</summary>
    public const int LongestRecord = 32 * 1024;

    private readonly char[] _buffer = new char[2 * LongestRecord];
    private int _start;
    private int _end;
    private bool _isAll;
    private int _line = 1;

    /// <returns>Null at the end. Empty lines are passed over.</returns>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (_end - _start < LongestRecord && !_isAll)
                await FillAsync(cancel);
            if (_start == _end)
                return null;

            var scan = CsvScan.Of(Window, _isAll && _end - _start <= LongestRecord);
            var record = scan is { Length: > 0 }
                ? new CsvRecord(_line, scan.Fields)
                : new CsvRecord(_line, [], scan.Fault ?? $"is longer than {LongestRecord} characters, or has a quote that is never closed");

            if (record.Fault is null)
                Pass(scan.Length);
            else
                await PassLineAsync(cancel);
            if (record.Fault is not null || record.Fields is not [""])
                return record;
        }
    }

    private ReadOnlySpan<char> Window => _buffer.AsSpan(_start, Math.Min(_end - _start, LongestRecord));

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < LongestRecord && !_isAll)
        {
            var read = await text.ReadAsync(_buffer.AsMemory(_end), cancel);
            _end += read;
            _isAll = read == 0;
        }
    }

    private void Pass(int length)
    {
        var passed = _buffer.AsSpan(_start, length);
        var breaks = passed.Count('\n') + passed.Count('\r') - passed.Count("\r\n");
        (_start, _line) = (_start + length, _line + breaks);
    }

    /// <summary>To the line below, however far that is.</summary>
    private async ValueTask PassLineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var length = Window.IndexOfAny('\r', '\n');
            // A CR at the very end of the window may have its LF behind it.
            if (length >= 0 && (length + 1 < Window.Length || _isAll))
            {
                Pass(length + (Window[length..] is ['\r', '\n', ..] ? 2 : 1));
                return;
            }

            Pass(length >= 0 ? length : Window.Length);
            if (_isAll && _start == _end)
                return;
            await FillAsync(cancel);
        }
    }
}
