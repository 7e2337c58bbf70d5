using Microsoft.AspNetCore.Identity;

namespace Shop.Members.Accounts;

/// <summary>
/// ASP.NET Core Identity's hasher (PBKDF2). Its slowness is the point, and a danger: no more hashes are computed at once than there
/// are processors, so that a flood of guesses queues up instead of starving every other call. The queue ends with the caller's deadline.
/// </summary>
public sealed class Passwords(IPasswordHasher<Account> hasher) : IDisposable
{
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    // What a guess at an account that does not exist is checked against, so that it takes as long as any other.
    private readonly string _nobodysHash = hasher.HashPassword(null!, Guid.CreateVersion7().ToString());

    public Task<string> HashAsync(string password, CancellationToken cancel) =>
        OnAProcessorAsync(() => hasher.HashPassword(null!, password), cancel);

    /// <param name="hash">Null for an account that does not exist: never right, and as slow.</param>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancel)
    {
        var result = await OnAProcessorAsync(() => hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash, password), cancel);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    public void Dispose() => _processors.Dispose();

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
