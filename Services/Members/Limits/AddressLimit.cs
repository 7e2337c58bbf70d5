using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Members.Limits;

/// <summary>The rate limit of one client address, across all replicas.</summary>
internal sealed class AddressLimit(MembersDb db, IOptions<LimitOptions> options, TimeProvider clock)
{
    public const string FailedSignIn = "failed_sign_in";
    public const string SignUp = "sign_up";

    /// <summary>Counts one use.</summary>
    /// <exception cref="TooManyException">The limit of this address is reached until its window ends.</exception>
    public async Task AcquireAsync(string address, string kind, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var ended = now - options.Value.Window;
        var most = kind == SignUp ? options.Value.SignUpsPerAddress : options.Value.FailedSignInsPerAddress;

        var taken = await db.Database.ExecuteSqlAsync($"""
            insert into address_uses as u (address, kind, used, started_at) values ({address}, {kind}, 1, {now})
            on conflict (address, kind) do update set
                used = case when u.started_at <= {ended} then 1 else u.used + 1 end,
                started_at = case when u.started_at <= {ended} then {now} else u.started_at end
            where u.started_at <= {ended} or u.used < {most}
            """, cancel);
        if (taken == 1)
            return;

        var started = await db.AddressUses.Where(u => u.Address == address && u.Kind == kind).Select(u => u.StartedAt).SingleOrDefaultAsync(cancel);
        throw new TooManyException(Later(started + options.Value.Window - now));
    }

    /// <summary>Returns a use that does not count.</summary>
    public Task ReturnAsync(string address, string kind, CancellationToken cancel) =>
        db.AddressUses.Where(u => u.Address == address && u.Kind == kind && u.Used > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Used, u => u.Used - 1), cancel);

    private static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
}
