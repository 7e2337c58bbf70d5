using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Shop.Notifications.Mails;
using Shop.Notifications.Members;
using Shop.Notifications.Texts;

namespace Shop.Notifications.Notices;

/// <summary>
/// Makes a notification and its mail in the transaction of the event that reports what happened: one of each kind about the same subject. The texts are written here, so that they are in
/// the member's language of this moment.
/// </summary>
internal sealed class Notify(NotificationsDb db, KnownMembers members, NewMails mails)
{
    /// <param name="subjectId">The coupon or order that it is about.</param>
    public async Task AboutAsync(Guid memberId, string kind, Guid subjectId, Facts facts, CancellationToken cancel)
    {
        var member = await members.FindAsync(memberId, cancel);
        if (member is null)
        {
            await members.LockAsync(memberId, cancel);
            member = await members.FindAsync(memberId, cancel);
        }

        if (member is not null)
            await MakeAsync(member, kind, subjectId, facts, cancel);
        else
            await WaitAsync(memberId, kind, subjectId, facts, cancel);
    }

    /// <summary>Welcomes the member, and makes what has waited for the registration.</summary>
    public async Task RegisteredAsync(Member member, CancellationToken cancel)
    {
        await members.LockAsync(member.Id, cancel);
        member = await members.KeepAsync(member, cancel);
        await MakeAsync(member, NotificationKind.Welcome, member.Id, new(), cancel);

        var waited = await db.WaitingNotifications.FromSql($"delete from waiting_notifications where member_id = {member.Id} returning *").AsNoTracking().ToListAsync(cancel);
        foreach (var waiting in waited.OrderBy(waiting => waiting.Id))
            await MakeAsync(member, waiting.Kind, waiting.SubjectId, Facts.OfJson(waiting.Facts), cancel);
    }

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
