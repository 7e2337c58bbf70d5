using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shop.Members.Limits;

/// <summary>
/// Failed sign-ins in a row, per account and over all replicas. A guess counts from its start: it is written down before the password is
/// looked at, so that guesses in parallel, and those whose process dies, count like any other.
/// </summary>
public sealed class GuessLimit(MembersDb db, IOptions<LimitOptions> options, TimeProvider clock)
{
    // Somebody who signs in on many devices at once with the right password must not be told to wait for half a minute because
    // the first five are not through yet. So while the last guess is this young, a refusal looks again.
    private static readonly TimeSpan s_underWay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);
    private const int MostLooks = 20;

    /// <returns>Null: the guess is counted and may be checked. Else: nothing is counted, and how long to wait.</returns>
    public async Task<TimeSpan?> BeginAsync(string normalisedEmail, CancellationToken cancel)
    {
        var hash = Hash(normalisedEmail);
        for (var look = 1; ; look++)
        {
            if (await CountAsync(hash, cancel))
                return null;

            var now = clock.GetUtcNow();
            var guessed = await db.GuessedAccounts.AsNoTracking().SingleOrDefaultAsync(g => g.AddressHash == hash, cancel);
            if (look == MostLooks || guessed?.WaitUntil > now && now - guessed.LastAt > s_underWay)
                return guessed?.WaitUntil > now ? guessed.WaitUntil - now : s_look;

            await Task.Delay(s_look, clock, cancel);
        }
    }

    /// <summary>The password was right.</summary>
    public Task EndAsync(string normalisedEmail, CancellationToken cancel)
    {
        var hash = Hash(normalisedEmail);
        return db.GuessedAccounts.Where(g => g.AddressHash == hash).ExecuteDeleteAsync(cancel);
    }

    /// <summary>One statement, so that of many guesses at once no more pass than there are left. Without effect during a wait.</summary>
    private async Task<bool> CountAsync(byte[] hash, CancellationToken cancel)
    {
        var (now, per) = (clock.GetUtcNow(), options.Value.GuessesPerAccount);
        var (first, longest) = (options.Value.FirstWait, options.Value.LongestWait);
        var firstGuessWaits = per == 1 ? now + first : (DateTimeOffset?)null;

        return await db.Database.ExecuteSqlAsync($"""
            insert into guessed_accounts as g (address_hash, guesses, wait_until, last_at)
            values ({hash}, 1, {firstGuessWaits}, {now})
            on conflict (address_hash) do update set
                guesses = g.guesses + 1,
                wait_until = case when (g.guesses + 1) % {per} = 0
                    then {now} + least({longest}, {first} * power(2, least((g.guesses + 1) / {per}, 20) - 1)) end,
                last_at = {now}
            where g.wait_until is null or g.wait_until <= {now}
            """, cancel) == 1;
    }

    private static byte[] Hash(string normalisedEmail) => SHA256.HashData(Encoding.UTF8.GetBytes(normalisedEmail));
}
