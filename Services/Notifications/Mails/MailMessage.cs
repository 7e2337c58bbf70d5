using MimeKit;

namespace Shop.Notifications.Mails;

internal static class MailMessage
{
    /// <summary>The same bytes whenever it is made, with the time of the notification as its date.</summary>
    /// <exception cref="ParseException">The address is none.</exception>
    public static MimeMessage ToMessage(this Mail mail, MailOptions options)
    {
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            Date = mail.CreatedAt,
            Subject = mail.Subject,
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(new MailboxAddress(options.FromName, options.From));
        message.To.Add(new MailboxAddress(null, mail.Recipient));
        message.Body.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        // RFC 3834: no out-of-office answers.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
