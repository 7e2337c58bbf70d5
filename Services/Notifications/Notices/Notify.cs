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

    /// <param name="subjectId">The coupon, order or refund that it is about.</param>
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
    /// <param name="unmade">Those whose text could not be written: they keep waiting and are left out. New ones are added.</param>
    /// <returns>How many were looked at; 0: none waits that could be made.</returns>
    public Task<int> MakeWaitingAsync(UnmadeNotifications unmade, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        var leftOut = unmade.Ids;
        var waited = await db.WaitingNotifications.FromSql($"""
            select * from waiting_notifications
            where member_id in (select id from members) and id <> all({leftOut})
            order by id
            limit {Batch}
            for update skip locked
            """).AsNoTracking().ToListAsync(token);
        var made = new List<Guid>();
        foreach (var waiting in waited)
        {
            if (await MakeAsync(waiting, unmade, token))
                made.Add(waiting.Id);
        }
        await db.Database.ExecuteSqlAsync($"delete from waiting_notifications where id = any({made.ToArray()})", token);
        return waited.Count;
    }, cancel);

    /// <returns>False: its text cannot be written.</returns>
    private async Task<bool> MakeAsync(WaitingNotification waiting, UnmadeNotifications unmade, CancellationToken cancel)
    {
        var member = (await members.FindAsync(waiting.MemberId, cancel))!;
        Facts facts;
        Text text;
        try
        {
            facts = Facts.OfJson(waiting.Facts);
            text = Texts.Texts.Of(member.Language, waiting.Kind, facts);
        }
        catch (Exception failure)
        {
            unmade.Add(waiting.Id, failure);
            return false;
        }
        await MakeAsync(member, waiting.Kind, waiting.SubjectId, facts, text, cancel);
        return true;
    }

    private Task MakeAsync(Member member, string kind, Guid subjectId, Facts facts, CancellationToken cancel) =>
        MakeAsync(member, kind, subjectId, facts, Texts.Texts.Of(member.Language, kind, facts), cancel);

    private async Task MakeAsync(Member member, string kind, Guid subjectId, Facts facts, Text text, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
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
