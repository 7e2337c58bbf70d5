using Microsoft.EntityFrameworkCore;
using Shop.Persistence;

namespace Shop.Design.Sessions;

/// <summary>The rows of sessions, in the program's database.</summary>
internal sealed class SessionStore(DbContext db, TimeProvider clock)
{
    public Task<Session?> FindAsync(byte[] idHash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(session => session.IdHash == idHash && session.ExpiresAt > now, cancel);
    }

    /// <param name="replaced">The session before the sign-in, whose id ends: an id that was known to somebody else before is worth nothing afterwards.</param>
    public Task AddAsync(Session session, byte[]? replaced, CancellationToken cancel) => db.InTransactionAsync(async token =>
    {
        if (replaced is not null)
            await db.Set<Session>().Where(old => old.IdHash == replaced).ExecuteDeleteAsync(token);
        db.Add(session);
    }, cancel);

    /// <summary>Changes the row under its lock. <paramref name="change"/> may run more than once.</summary>
    /// <returns>The session as it is now; null: it has ended.</returns>
    public async Task<Session?> ChangeAsync(byte[] idHash, Func<Session, CancellationToken, Task> change, CancellationToken cancel)
    {
        var changed = await db.InTransactionAsync(async token =>
        {
            var session = await db.Set<Session>().FromSql($"select * from sessions where id_hash = {idHash} for update").AsTracking().SingleOrDefaultAsync(token);
            if (session is null || session.ExpiresAt <= clock.GetUtcNow())
                return null;

            await change(session, token);
            return session;
        }, cancel);
        db.ChangeTracker.Clear();
        return changed;
    }

    public Task DeleteAsync(byte[] idHash, CancellationToken cancel) => db.Set<Session>().Where(session => session.IdHash == idHash).ExecuteDeleteAsync(cancel);

    /// <summary>Every session of the member, on every device.</summary>
    public Task DeleteAllAsync(Guid member, CancellationToken cancel) => db.Set<Session>().Where(session => session.MemberId == member).ExecuteDeleteAsync(cancel);
}
