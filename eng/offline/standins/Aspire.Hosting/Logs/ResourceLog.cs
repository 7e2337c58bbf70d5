using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The log of one instance. The AppHost's own lines are kept here; the program's lines are kept by the orchestrator and come in only
/// while somebody reads, so a program that nobody looks at costs nothing.
/// </summary>
internal sealed class ResourceLog(string name, Action<string, bool> onSubscribersChanged)
{
    private const int MaxLines = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<(string Content, bool IsError)> _own = new();
    private readonly Queue<(string Content, bool IsError)> _streamed = new();
    private readonly List<Channel<LogLine>> _subscribers = [];
    private int _number;
    private bool _complete;

    public bool AnySubscribers
    {
        get
        {
            lock (_lock)
                return _subscribers.Count > 0;
        }
    }

    /// <summary>A line that the AppHost says about the resource.</summary>
    public void AddOwn(string content, bool isError) => Add(_own, content, isError);

    /// <summary>A line of the program, passed on from the orchestrator.</summary>
    public void AddStreamed(string content, bool isError) => Add(_streamed, content, isError);

    /// <summary>Forgets the program's lines: the orchestrator will tell them again.</summary>
    public void ClearStreamed()
    {
        lock (_lock)
            _streamed.Clear();
    }

    /// <summary>Takes over the end of a run whose lines nobody will tell again. Those who read have seen them already.</summary>
    public void Archive(IEnumerable<(string Content, bool IsError)> lines)
    {
        lock (_lock)
        {
            _streamed.Clear();
            foreach (var line in lines)
            {
                if (_own.Count == MaxLines)
                    _own.Dequeue();
                _own.Enqueue(line);
            }
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _complete = true;
            foreach (var subscriber in _subscribers)
                subscriber.Writer.TryComplete();
        }
    }

    public IReadOnlyList<LogLine> Snapshot()
    {
        lock (_lock)
            return Numbered();
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        // A reader that cannot follow loses the oldest lines instead of the AppHost its memory.
        var channel = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(MaxLines) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        IReadOnlyList<LogLine> backlog;
        bool first;
        lock (_lock)
        {
            backlog = Numbered();
            _subscribers.Add(channel);
            first = _subscribers.Count == 1;
            if (_complete)
                channel.Writer.TryComplete();
        }

        if (first)
            onSubscribersChanged(name, true);
        try
        {
            if (backlog.Count > 0)
                yield return backlog;
            while (await channel.Reader.WaitToReadAsync(cancel).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (batch.Count < 1_000 && channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            bool last;
            lock (_lock)
            {
                _subscribers.Remove(channel);
                last = _subscribers.Count == 0;
            }

            if (last)
                onSubscribersChanged(name, false);
        }
    }

    private List<LogLine> Numbered() =>
        [.. _own.Concat(_streamed).Select((line, i) => new LogLine(i + 1, line.Content, line.IsError))];

    private void Add(Queue<(string Content, bool IsError)> lines, string content, bool isError)
    {
        lock (_lock)
        {
            if (lines.Count == MaxLines)
                lines.Dequeue();
            lines.Enqueue((content, isError));
            _number = Math.Max(_number + 1, _own.Count + _streamed.Count);
            foreach (var subscriber in _subscribers)
                subscriber.Writer.TryWrite(new LogLine(_number, content, isError));
        }
    }
}
