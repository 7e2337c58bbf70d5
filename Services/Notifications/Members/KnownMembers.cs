using Microsoft.EntityFrameworkCore;

namespace Shop.Notifications.Members;

internal sealed class KnownMembers(NotificationsDb db)
{
    public Task<Member?> FindAsync(Guid id, CancellationToken cancel) => db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.Id == id, cancel);

    /// <summary>
    /// Whether the member is known does not change until the end of this transaction. Without it, a notification could begin to wait just after the registration has
    /// looked for waiting ones, and would wait for ever.
    /// </summary>
    public Task LockAsync(Guid id, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 11))", cancel);

    /// <summary>The member as it is kept. What is known already stays, but for an address that was missing.</summary>
    public async Task<Member> KeepAsync(Member member, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into members (id, name, email, language) values ({member.Id}, {member.Name}, {member.Email}, {member.Language})
            on conflict (id) do update set email = excluded.email where members.email is null
            """, cancel);
        return await db.Members.AsNoTracking().SingleAsync(kept => kept.Id == member.Id, cancel);
    }
}
