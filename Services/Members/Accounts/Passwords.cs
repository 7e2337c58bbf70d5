using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shop.Members.Limits;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.Text;

namespace Shop.Members.Accounts;

/// <summary>
/// Hashes passwords with ASP.NET Core Identity's hasher (PBKDF2), which is slow on purpose. The number of concurrent hashes is limited, by default to half of the
/// processors, and the queue is bounded, so that a flood of guesses is refused and does not starve other calls.
/// </summary>
internal sealed class Passwords(IPasswordHasher<Account> hasher, IOptions<LimitOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _processors = new(options.Value.HashesAtOnce);

    private readonly ConcurrencyLimiter _queue = new(new()
    {
        PermitLimit = options.Value.HashesAtOnce + options.Value.HashesWaiting,
        QueueLimit = 0,
    });

    // Checked for accounts that do not exist, so that they take as long as any other.
    private readonly string _dummyHash = hasher.HashPassword(null!, Guid.CreateVersion7().ToString());

    /// <summary>Acquires a permit of the queue. Call it before any other work, so that a refused call costs nothing; dispose of the permit at the end.</summary>
    /// <exception cref="TooManyException">The queue is full.</exception>
    public IDisposable TakePermit()
    {
        var permit = _queue.AttemptAcquire();
        if (permit.IsAcquired)
            return permit;

        permit.Dispose();
        throw new TooManyException(TimeSpan.FromSeconds(1), "Too many passwords are being checked at the moment.");
    }

    /// <remarks>In NFC, here and in <see cref="VerifyAsync"/>: keyboards differ in whether they send letters composed or decomposed.</remarks>
    public Task<string> HashAsync(string password, CancellationToken cancel) =>
        OnAProcessorAsync(() => hasher.HashPassword(null!, TextForm.Nfc(password)), cancel);

    /// <param name="hash">Null for an account that does not exist: fails, after the same time.</param>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        var result = await OnAProcessorAsync(() => hasher.VerifyHashedPassword(null!, hash ?? _dummyHash, TextForm.Nfc(password)), cancel);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    public void Dispose()
    {
        _processors.Dispose();
        _queue.Dispose();
    }

    private async Task<T> OnAProcessorAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _processors.WaitAsync(cancel);
        try
        {
            return work();
        }
        finally
        {
            _processors.Release();
        }
    }
}
