using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Shop.Notifications.Mails;
using Shop.Notifications.Members;
using Shop.Notifications.Texts;
using Shop.Persistence;

namespace Shop.Notifications.Notices;

/// <summary>
/// Makes a notification and its mail in the transaction of the event that reports what happened: one of each kind about the same subject. The texts are written here, so that they are in
/// the member's language of this moment.
/// </summary>
internal sealed class Notify(NotificationsDb db, KnownMembers members, MailOutbox mails)
{
    private const int Batch = 50;

    /// <param name="subjectId">The coupon or order that it is about.</param>
    public async Task AboutAsync(Guid memberId, string kind, Guid subjectId, Facts facts, CancellationToken cancel)
    {
        if (await members.FindAsync(memberId, cancel) is { } member)
            await MakeAsync(member, kind, subjectId, facts, cancel);
        else
            await WaitAsync(memberId, kind, subjectId, facts, cancel);
    }

    public async Task RegisteredAsync(Member member, CancellationToken cancel) =>
        await MakeAsync(await members.KeepAsync(member, cancel), NotificationKind.Welcome, member.Id, new(), cancel);

    /// <summary>
    /// Makes notifications whose member is known by now. Not in the registration's transaction: it would miss those whose own transactions have not committed yet, and a
    /// lock against that would deadlock with the batches of other topics.
    /// </summary>
    /// <returns>How many; 0: none waits that could be made.</returns>
    public Task<int> MakeWaitingAsync(CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        var waited = await db.WaitingNotifications.FromSql($"""
            delete from waiting_notifications where id in (
                select id from waiting_notifications
                where member_id in (select id from members)
                order by id
                limit {Batch}
                for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(token);
        foreach (var waiting in waited.OrderBy(waiting => waiting.Id))
            await MakeAsync((await members.FindAsync(waiting.MemberId, token))!, waiting.Kind, waiting.SubjectId, Facts.OfJson(waiting.Facts), token);
        return waited.Count;
    }, cancel);

    private async Task MakeAsync(Member member, string kind, Guid subjectId, Facts facts, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var text = Texts.Texts.Of(member.Language, kind, member.Name, facts);
        var made = await db.Database.ExecuteSqlAsync($"""
            insert into notifications (id, member_id, kind, subject_id, order_id, title, body, created_at)
            values ({id}, {member.Id}, {kind}, {subjectId}, {facts.OrderId}, {text.Title}, {text.Body}, now())
            on conflict (kind, subject_id) do nothing
            """, cancel);
        if (made == 1 && member.Email is not null)
            await mails.AddAsync(id, $"{kind}.{subjectId}", member, text, Activity.Current?.Id, cancel);
    }

    private Task<int> WaitAsync(Guid memberId, string kind, Guid subjectId, Facts facts, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        insert into waiting_notifications (id, member_id, kind, subject_id, facts)
        values ({Guid.CreateVersion7()}, {memberId}, {kind}, {subjectId}, {facts.ToJson()})
        on conflict (kind, subject_id) do nothing
        """, cancel);
}
