using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Notifications.Members;
using Shop.Notifications.Texts;

namespace Shop.Notifications.Mails;

/// <summary>Adds mails to the outbox, in the transaction of their notifications.</summary>
internal sealed class NewMails(NotificationsDb db, IOptions<MailOptions> options)
{
    /// <param name="name">What the mail is about, the same whenever it is made: the first part of its <c>Message-Id</c>.</param>
    /// <param name="member">With an address.</param>
    public Task AddAsync(Guid notificationId, string name, Member member, Text text, string? traceParent, CancellationToken cancel)
    {
        var messageId = $"{name}@{options.Value.From.Split('@')[^1]}";
        return db.Database.ExecuteSqlAsync($"""
            insert into mails (id, message_id, recipient_name, recipient, language, subject, text, trace_parent, status, attempts, created_at, due_at)
            values ({notificationId}, {messageId}, {Text.Line(member.Name)}, {member.Email}, {member.Language}, {text.Title}, {text.Mail}, {traceParent}, {MailStatus.Waiting}, 0, now(), now())
            """, cancel);
    }
}
