using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Members.Limits;
using Shop.Messaging;
using Shop.Messaging.Database;

namespace Shop.Members;

/// <summary>Deletes, once an hour and in small steps, what says nothing any more: sessions that ran out, and limits nobody is near.</summary>
public sealed partial class ForgetOldRows(
    IServiceScopeFactory scopes, DatabaseReadiness database, IOptions<LimitOptions> limits, TimeProvider clock, ILogger<ForgetOldRows> log) : BackgroundService
{
    private const int Step = 1000;
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await ForgetAsync(scope.ServiceProvider.GetRequiredService<MembersDb>(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
    }

    internal async Task ForgetAsync(MembersDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (oldGuess, oldUse) = (now - limits.Value.ForgetGuessesAfter, now - limits.Value.Window);

        await InStepsAsync(db, $"delete from sessions where ctid = any (array(select ctid from sessions where expires_at <= {now} limit {Step}))", cancel);
        await InStepsAsync(db, $"delete from guessed_accounts where ctid = any (array(select ctid from guessed_accounts where last_at <= {oldGuess} limit {Step}))", cancel);
        await InStepsAsync(db, $"delete from address_uses where ctid = any (array(select ctid from address_uses where started_at <= {oldUse} limit {Step}))", cancel);
    }

    private static async Task InStepsAsync(MembersDb db, FormattableString delete, CancellationToken cancel)
    {
        while (await db.Database.ExecuteSqlAsync(delete, cancel) == Step)
        {
            // More of them are left.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old rows could not be deleted; trying again in an hour.")]
    private partial void Failed(Exception e);
}
