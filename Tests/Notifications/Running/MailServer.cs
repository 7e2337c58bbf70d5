using System.Buffers;
using System.Collections.Concurrent;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Shop.Notifications.Tests.Running;

/// <summary>A real SMTP server in this process. It can be stopped and started again, refuse recipients, and be slow.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SmtpResponse> _refusals = [];
    private readonly ConcurrentDictionary<string, TimeSpan> _delays = [];
    private CancellationTokenSource? _running;
    private Task _stopped = Task.CompletedTask;
    private int _connections;

    public int Port { get; } = Shop.Testing.Ports.Free();

    public ConcurrentQueue<MimeMessage> Received { get; } = [];

    /// <summary>Recipients that were asked for, refused ones included.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public int Connections => _connections;

    public void Start()
    {
        var options = new SmtpServerOptionsBuilder().ServerName("test").Port(Port).Build();
        var services = new ServiceProvider();
        services.Add(new Filter(this));
        services.Add(new Store(this));
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref _connections);
        _running = new();
        _stopped = server.StartAsync(_running.Token);
    }

    public async Task StopAsync()
    {
        if (_running is null)
            return;
        await _running.CancelAsync();
        await _stopped;
        _running.Dispose();
        _running = null;
    }

    public void Refuse(string recipient, SmtpReplyCode code, string text) => _refusals[recipient] = new(code, text);

    public void Delay(string recipient, TimeSpan delay) => _delays[recipient] = delay;

    public void Accept(string recipient)
    {
        _refusals.TryRemove(recipient, out _);
        _delays.TryRemove(recipient, out _);
    }

    public IEnumerable<MimeMessage> To(string recipient) => Received.Where(message => message.To.Mailboxes.Single().Address == recipient);

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override async Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        {
            var address = to.AsAddress();
            server.Asked.Enqueue(address);
            if (server._delays.TryGetValue(address, out var delay))
                await Task.Delay(delay, cancellationToken);
            return server._refusals.TryGetValue(address, out var refusal) ? throw new SmtpResponseException(refusal) : true;
        }
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            server.Received.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
