using Microsoft.Extensions.Options;
using MimeKit;

namespace Shop.Notifications.Mails;

/// <summary>In place of a server: each mail is a file named by its <c>Message-Id</c>, so that one that is sent twice is one file.</summary>
internal sealed class MailFolder(IOptions<MailOptions> options) : IMailServer
{
    public Task<IMailConnection> ConnectAsync(CancellationToken cancel) =>
        Task.FromResult<IMailConnection>(new Connection(Directory.CreateDirectory(options.Value.Folder).FullName));

    private sealed class Connection(string folder) : IMailConnection
    {
        public async Task<MailAnswer> SendAsync(MimeMessage message, CancellationToken cancel)
        {
            var path = Path.Combine(folder, $"{message.MessageId}.eml");
            // Who reads the folder never sees a part of a mail.
            var unfinished = $"{path}.{Guid.CreateVersion7():N}";
            await message.WriteToAsync(unfinished, cancel);
            File.Move(unfinished, path, overwrite: true);
            return new(MailVerdict.Accepted, path);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
