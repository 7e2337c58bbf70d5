using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Shop.Notifications.Mails;

internal sealed class SmtpMailServer(IOptions<MailOptions> options) : IMailServer
{
    public async Task<IMailConnection> ConnectAsync(CancellationToken cancel)
    {
        var settings = options.Value;
        var client = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancel);
            if (settings.User.Length > 0)
                await client.AuthenticateAsync(settings.User, settings.Password, cancel);
            return new Connection(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private sealed class Connection(SmtpClient client) : IMailConnection
    {
        private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

        public async Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancel)
        {
            try
            {
                return new(MailVerdict.Accepted, await client.SendAsync(message, cancel));
            }
            catch (SmtpCommandException failure) when (client.IsConnected)
            {
                var code = (int)failure.StatusCode;
                return new(SmtpRefusal.VerdictOf(failure.ErrorCode, code, failure.Message), $"{code} {failure.Message}", code);
            }
        }

        public async ValueTask DisposeAsync()
        {
            using var timeout = new CancellationTokenSource(QuitTimeout);
            try
            {
                if (client.IsConnected)
                    await client.DisconnectAsync(quit: true, timeout.Token);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException or MailKit.ProtocolException or MailKit.CommandException)
            {
                // All answers are known by now.
            }
            finally
            {
                client.Dispose();
            }
        }
    }
}
