using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shop.Members.Accounts;

namespace Shop.Members.Tests.Running;

/// <summary>The real hasher, which records the hashes that it verifies: a hash contains its number of rounds, so work is counted instead of timed.</summary>
internal sealed class CountingHasher(IOptions<PasswordHasherOptions> options) : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _real = new(options);
    private readonly List<string> _verified = [];

    public IReadOnlyList<string> Verified
    {
        get
        {
            lock (_verified)
                return [.. _verified];
        }
    }

    public string HashPassword(Account user, string password) => _real.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        lock (_verified)
            _verified.Add(hashedPassword);
        return _real.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
