using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shop.Members.Limits;

/// <summary>
/// Limits consecutive failed sign-ins, per account and across all replicas. A guess is counted before the password is checked, so that concurrent guesses, and those
/// whose process dies, count, too.
/// </summary>
internal sealed class GuessLimit(MembersDb db, IOptions<LimitOptions> options, TimeProvider clock)
{
    // Concurrent sign-ins on many devices with the right password must not be refused because the first five have not finished.
    // So while the last guess is younger than this, the count is tried again.
    private static readonly TimeSpan PollWindow = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private const int MaxPolls = 20;

    /// <returns>Null: the guess is counted and may be checked. Otherwise it is not counted; the time to wait.</returns>
    public async Task<TimeSpan?> BeginAsync(string normalisedEmail, CancellationToken cancel)
    {
        var hash = Hash(normalisedEmail);
        for (var poll = 1; ; poll++)
        {
            if (await CountAsync(hash, cancel))
                return null;

            var now = clock.GetUtcNow();
            var guessed = await db.GuessedAccounts.AsNoTracking().SingleOrDefaultAsync(g => g.AddressHash == hash, cancel);
            if (poll == MaxPolls || guessed?.WaitUntil > now && now - guessed.LastAt > PollWindow)
                return guessed?.WaitUntil > now ? guessed.WaitUntil - now : PollInterval;

            await Task.Delay(PollInterval, clock, cancel);
        }
    }

    /// <summary>Resets the count after a right password.</summary>
    public Task EndAsync(string normalisedEmail, CancellationToken cancel)
    {
        var hash = Hash(normalisedEmail);
        return db.GuessedAccounts.Where(g => g.AddressHash == hash).ExecuteDeleteAsync(cancel);
    }

    /// <summary>One statement, so that concurrent guesses cannot exceed the limit. No effect during a wait.</summary>
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
