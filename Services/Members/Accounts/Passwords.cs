using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shop.Members.Limits;
using Shop.ServiceDefaults;

namespace Shop.Members.Accounts;

/// <summary>
/// ASP.NET Core Identity's hasher (PBKDF2). Its slowness is the point, and a danger: no more hashes are computed at once than half of the processors can,
/// and the line before them has an end, so that a flood of guesses is told to come again instead of starving every other call.
/// </summary>
public sealed class Passwords(IPasswordHasher<Account> hasher, IOptions<LimitOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _processors = new(options.Value.HashesAtOnce);

    private readonly ConcurrencyLimiter _line = new(new()
    {
        PermitLimit = options.Value.HashesAtOnce + options.Value.HashesWaiting,
        QueueLimit = 0,
    });

    // What a guess at an account that does not exist is checked against, so that it takes as long as any other.
    private readonly string _nobodysHash = hasher.HashPassword(null!, Guid.CreateVersion7().ToString());

    /// <summary>A place in the line, to be taken before anything else is done and given back at the end: whoever gets none has cost nothing.</summary>
    /// <exception cref="TooManyException">The line is full.</exception>
    public IDisposable TakePermit()
    {
        var place = _line.AttemptAcquire();
        if (place.IsAcquired)
            return place;

        place.Dispose();
        throw new TooManyException(TimeSpan.FromSeconds(1), "Too many passwords are being checked at this moment.");
    }

    /// <remarks>In NFC, here and when it is verified: some keyboards send a letter whole and some in pieces, and it is the same password.</remarks>
    public Task<string> HashAsync(string password, CancellationToken cancel) =>
        OnAProcessorAsync(() => hasher.HashPassword(null!, TextForm.Nfc(password)), cancel);

    /// <param name="hash">Null for an account that does not exist: never right, and as slow.</param>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        var result = await OnAProcessorAsync(() => hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash, TextForm.Nfc(password)), cancel);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    public void Dispose()
    {
        _processors.Dispose();
        _line.Dispose();
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
