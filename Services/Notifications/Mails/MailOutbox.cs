using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Notifications.Members;
using Shop.Notifications.Texts;
using Shop.Persistence.Replicas;

namespace Shop.Notifications.Mails;

/// <summary>Mails that are to be sent. Replicas share them: each leases what no other has. A replica that has lost its lease changes nothing any more (<c>leased_by</c> is its fence).</summary>
internal sealed class MailOutbox(NotificationsDb db, ReplicaIdentity replica, IOptions<MailOptions> options)
{
    /// <summary>In the transaction of its notification.</summary>
    /// <param name="name">What the mail is about, the same whenever it is made: the first part of its <c>Message-Id</c>.</param>
    /// <param name="member">With an address.</param>
    public Task AddAsync(Guid notificationId, string name, Member member, Text text, string? traceParent, CancellationToken cancel)
    {
        var messageId = $"{name}@{options.Value.From.Split('@')[^1]}";
        return db.Database.ExecuteSqlAsync($"""
            insert into mails (id, message_id, recipient, language, subject, text, trace_parent, status, attempts, created_at, due_at)
            values ({notificationId}, {messageId}, {member.Email}, {member.Language}, {text.Title}, {text.Mail}, {traceParent}, {MailStatus.Waiting}, 0, now(), now())
            """, cancel);
    }

    /// <summary>The oldest due ones, as many as one batch. Empty: nothing is due.</summary>
    public async Task<IReadOnlyList<Mail>> LeaseAsync(CancellationToken cancel)
    {
        var leased = await db.Mails.FromSql($"""
            update mails set leased_by = {replica.Id}, due_at = now() + {options.Value.Lease}, attempts = attempts + 1
            where id in (
                select id from mails
                where status = 'waiting' and due_at <= now()
                order by due_at
                limit {options.Value.Batch}
                for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        return [.. leased.OrderBy(mail => mail.Id)];
    }

    /// <summary>Those whose deadline has passed, and which no replica has at this moment.</summary>
    public Task<int> FailOverdueAsync(CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        update mails set status = 'failed', ended_at = now(), leased_by = null, answer = concat('The deadline has passed. ', answer)
        where status = 'waiting' and created_at <= now() - {options.Value.Deadline} and (leased_by is null or due_at <= now())
        """, cancel);

    public Task SentAsync(Mail mail, string answer, CancellationToken cancel) => EndAsync(mail, MailStatus.Sent, answer, cancel);

    public Task FailAsync(Mail mail, string answer, CancellationToken cancel) => EndAsync(mail, MailStatus.Failed, answer, cancel);

    public Task RetryAsync(Mail mail, TimeSpan pause, string answer, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        update mails set leased_by = null, due_at = now() + {pause}, answer = {answer} where id = {mail.Id} and leased_by = {replica.Id}
        """, cancel);

    /// <summary>They were not tried, and are due at once.</summary>
    public Task ReleaseAsync(IEnumerable<Mail> mails, CancellationToken cancel)
    {
        Guid[] ids = [.. mails.Select(mail => mail.Id)];
        return db.Database.ExecuteSqlAsync($"""
            update mails set leased_by = null, due_at = now(), attempts = attempts - 1 where id = any({ids}) and leased_by = {replica.Id}
            """, cancel);
    }

    private Task<int> EndAsync(Mail mail, string status, string answer, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        update mails set status = {status}, leased_by = null, ended_at = now(), answer = {answer} where id = {mail.Id} and leased_by = {replica.Id}
        """, cancel);
}
