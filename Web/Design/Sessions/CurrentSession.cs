using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Shop.Design.Sessions;

/// <summary>The session of the request. A row is made when there is something to keep, not for every visitor.</summary>
internal sealed class CurrentSession(SessionStore store, SessionCookie cookie, TokenEncryption encryption, IHttpContextAccessor accessor, IOptions<WebSessionOptions> options, TimeProvider clock)
{
    /// <summary>Null: no session.</summary>
    public Session? Row { get; private set; }

    public bool IsSignedIn => Row is { IsSignedIn: true };

    private HttpContext Http => accessor.HttpContext!;

    public async Task LoadAsync(CancellationToken cancel) => Row = cookie.HashOf(Http) is { } hash ? await store.FindAsync(hash, cancel) : null;

    /// <summary>Changes the session under its lock; a guest without one gets it.</summary>
    public async Task ChangeAsync(Func<Session, CancellationToken, Task> change, CancellationToken cancel)
    {
        if (Row is not null)
        {
            Row = await store.ChangeAsync(Row.IdHash, async (session, token) =>
            {
                await change(session, token);
                session.ExpiresAt = clock.GetUtcNow() + LifetimeOf(session);
            }, cancel);
        }

        if (Row is not null)
        {
            KeepCookie(LifetimeOf(Row));
            return;
        }

        var guest = New(options.Value.GuestLifetime);
        await change(guest, cancel);
        await store.AddAsync(guest, null, cancel);
        Row = guest;
    }

    /// <summary>The browser keeps the cookie as long as the row is kept: from now on.</summary>
    public void KeepCookie(TimeSpan lifetime)
    {
        if (!Http.Response.HasStarted)
            cookie.Extend(Http, lifetime);
    }

    /// <summary>A new session with a new id; what the guest's session kept goes along.</summary>
    public async Task SignInAsync(Guid member, string name, IssuedTokens issued, CancellationToken cancel)
    {
        var session = New(options.Value.MemberLifetime);
        (session.MemberId, session.Name) = (member, name);
        session.Tokens = encryption.Encrypt(session.IdHash, issued.At(clock.GetUtcNow()));
        // Of another member who did not sign out, nothing goes along.
        if (Row is { IsSignedIn: false } guest)
            session.Content = guest.Content;
        await store.AddAsync(session, Row?.IdHash, cancel);
        Row = session;
    }

    public async Task SignOutAsync(bool everywhere, CancellationToken cancel)
    {
        if (everywhere && Row?.MemberId is { } member)
            await store.DeleteAllAsync(member, cancel);
        if (Row is not null)
            await store.DeleteAsync(Row.IdHash, cancel);
        cookie.Delete(Http);
        Row = null;
    }

    private TimeSpan LifetimeOf(Session session) => session.IsSignedIn ? options.Value.MemberLifetime : options.Value.GuestLifetime;

    private Session New(TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        return new() { IdHash = cookie.Issue(Http, lifetime), CreatedAt = now, ExpiresAt = now + lifetime };
    }
}
