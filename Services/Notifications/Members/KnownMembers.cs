using Microsoft.EntityFrameworkCore;

namespace Shop.Notifications.Members;

internal sealed class KnownMembers(NotificationsDb db)
{
    public Task<Member?> FindAsync(Guid id, CancellationToken cancel) => db.Members.AsNoTracking().SingleOrDefaultAsync(member => member.Id == id, cancel);

    /// <summary>The member as it is kept. What is known already stays, but for an address that was missing.</summary>
    public async Task<Member> KeepAsync(Member member, CancellationToken cancel)
    {
        var kept = await db.Members.FromSql($"""
            insert into members (id, email, language) values ({member.Id}, {member.Email}, {member.Language})
            on conflict (id) do update set email = coalesce(members.email, excluded.email)
            returning *
            """).AsNoTracking().ToListAsync(cancel);
        return kept.Single();
    }
}
