using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Persistence;

namespace Shop.Members.Accounts;

/// <summary>
/// Creates or updates the operator's account from the configuration, the only source of operators: an account that an earlier setting made operator becomes a member.
/// </summary>
internal sealed class OperatorAccount(MembersDb db, Passwords passwords, IOptions<OperatorOptions> options, TimeProvider clock)
{
    private const long OperatorLock = 7_302_114_558;

    public async Task EnsureAsync(CancellationToken cancel)
    {
        if (!options.Value.IsGiven)
            return;

        await db.InTransactionAsync(async cancel =>
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OperatorLock})", cancel);

            var normalised = EmailAddress.Normalise(options.Value.Email);
            foreach (var former in await db.Accounts.Where(a => a.Role == Roles.Operator && a.NormalisedEmail != normalised).ToListAsync(cancel))
            {
                former.Role = Roles.Member;
                await EndSessionsAsync(former, cancel);
            }

            var account = await db.Accounts.SingleOrDefaultAsync(a => a.NormalisedEmail == normalised, cancel);
            if (account is null)
                db.Accounts.Add(await CreateAsync(normalised, cancel));
            else
                await UpdateAsync(account, cancel);
        }, cancel);
    }

    private async Task<Account> CreateAsync(string normalised, CancellationToken cancel) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        Email = options.Value.Email,
        NormalisedEmail = normalised,
        PasswordHash = await passwords.HashAsync(options.Value.Password, cancel),
        Name = "Operator",
        Language = "ko",
        Role = Roles.Operator,
        RegisteredAt = clock.GetUtcNow(),
    };

    private async Task UpdateAsync(Account account, CancellationToken cancel)
    {
        var sameRole = account.Role == Roles.Operator;
        account.Role = Roles.Operator;

        var match = await passwords.VerifyAsync(account.PasswordHash, options.Value.Password, cancel);
        if (match == PasswordVerificationResult.Success && sameRole)
            return;

        account.PasswordHash = await passwords.HashAsync(options.Value.Password, cancel);
        await EndSessionsAsync(account, cancel);
    }

    private Task<int> EndSessionsAsync(Account account, CancellationToken cancel) =>
        db.Sessions.Where(s => s.MemberId == account.Id).ExecuteDeleteAsync(cancel);
}
