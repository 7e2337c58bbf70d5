using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Members.Accounts;
using Shop.Members.Limits;
using Shop.Members.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Members.Sessions;

/// <summary>
/// Exchanges a password for tokens. An unknown address and a wrong password take the same path and get the same answer, which does not reveal who has an account.
/// </summary>
internal sealed class SignIn(
    MembersDb db, RefreshTokens refreshTokens, Passwords passwords, GuessLimit guesses, AddressLimit addresses, MemberTokens tokens, IOptions<RefreshOptions> options, TimeProvider clock)
{
    public async Task<SignInResponse> HandleAsync(SignInRequest request, string clientAddress, CancellationToken cancel)
    {
        var (address, password) = Read(request);
        if (request.ValidateOnly)
            return new();

        var email = EmailAddress.Normalise(address);
        using var permit = passwords.TakePermit();
        await BeginAsync(email, clientAddress, cancel);

        var account = await db.Accounts.SingleOrDefaultAsync(a => a.NormalisedEmail == email, cancel);
        var match = await passwords.VerifyAsync(account?.PasswordHash, password, cancel);
        if (account is null || match == PasswordVerificationResult.Failed)
            throw new UnauthenticatedException("The address or the password is wrong.", "wrong_credentials");

        await guesses.EndAsync(email, cancel);
        await addresses.ReturnAsync(clientAddress, AddressLimit.FailedSignIn, cancel);

        // The hasher's work factor was raised since this password was set.
        if (match == PasswordVerificationResult.SuccessRehashNeeded)
            account.PasswordHash = await passwords.HashAsync(password, cancel);

        var (session, token) = Open(account);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancel);
        return new() { Tokens = tokens.Of(account.Id, account.Role, token) };
    }

    /// <summary>Counts both limits before anything is read. A guess that the account's limit refuses does not count for the address.</summary>
    private async Task BeginAsync(string email, string clientAddress, CancellationToken cancel)
    {
        await addresses.AcquireAsync(clientAddress, AddressLimit.FailedSignIn, cancel);
        if (await guesses.BeginAsync(email, cancel) is not { } wait)
            return;

        await addresses.ReturnAsync(clientAddress, AddressLimit.FailedSignIn, cancel);
        throw new TooManyException(wait, "Too many failed sign-ins.");
    }

    private (Session, RefreshToken) Open(Account account)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var token = refreshTokens.New(id);
        return (new()
        {
            Id = id,
            MemberId = account.Id,
            TokenHash = token.Hash,
            StartedAt = now,
            ExpiresAt = now + options.Value.RefreshTokenLifetime,
        }, token);
    }

    private static (string Address, string Password) Read(SignInRequest request)
    {
        // Only the lengths are validated: an address or password that cannot exist is a wrong one.
        var check = new Check();
        var address = check.Line("email", request.Email, 1, EmailAddress.MaxLength);
        var password = check.Text("password", request.Password, 1, 128);
        check.ThrowIfAny();
        return (address, password);
    }
}
