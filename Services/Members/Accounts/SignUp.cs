using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Shop.Members.Limits;
using Shop.Members.V1;
using Shop.Messaging;
using Shop.Persistence;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Validation;

namespace Shop.Members.Accounts;

/// <summary>Creates an account and publishes <see cref="MemberRegistered"/>.</summary>
internal sealed class SignUp(MembersDb db, Passwords passwords, AddressLimit addresses, TimeProvider clock)
{
    public async Task<SignUpResponse> HandleAsync(SignUpRequest request, string clientAddress, CancellationToken cancel)
    {
        var (email, password, name) = Read(request);
        if (request.ValidateOnly)
            return new();

        using var permit = passwords.TakePermit();
        await addresses.AcquireAsync(clientAddress, AddressLimit.SignUp, cancel);

        var normalised = EmailAddress.Normalise(email);
        if (await db.Accounts.AnyAsync(a => a.NormalisedEmail == normalised, cancel))
            throw Taken();

        var account = new Account
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Email = email,
            NormalisedEmail = normalised,
            PasswordHash = await passwords.HashAsync(password, cancel),
            Name = name,
            Language = request.Language,
            Role = Roles.Member,
            RegisteredAt = clock.GetUtcNow(),
        };
        db.Accounts.Add(account);
        db.Publish(new MemberRegistered
        {
            MemberId = account.Id.ToString(),
            Name = account.Name,
            Language = account.Language,
            RegisteredAt = account.RegisteredAt.ToTimestamp(),
            Email = account.Email,
        });

        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsUniqueViolation(AccountTable.EmailIndex))
        {
            // A concurrent sign-up with the same address.
            throw Taken();
        }

        return new() { MemberId = account.Id.ToString() };
    }

    private static (string Email, string Password, string Name) Read(SignUpRequest request)
    {
        var check = new Check();
        var email = check.Email("email", request.Email);
        var password = check.Text("password", request.Password, 10, 128);
        var name = check.Line("name", request.Name, 1, 100);
        check.That(request.Language is "ko" or "en", "language", "must be ko or en");
        check.ThrowIfAny();
        return (email, password, name);
    }

    private static ConflictException Taken() => new("email_taken", "This address has an account already.");
}
