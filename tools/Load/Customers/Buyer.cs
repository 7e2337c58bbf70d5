using System.Net.Http.Headers;

namespace Shop.Load.Customers;

/// <summary>A member of the shop, signed in.</summary>
internal sealed class Buyer(GatewayClient gateway, Guid id, string accessToken, string refreshToken)
{
    private const string Password = "correct horse battery";
    private const int AtOnce = 4;    // password hashes are slow, on purpose
    private static readonly TimeSpan TokenLasts = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private Task? _renewal;
    private string _refreshToken = refreshToken;
    private long _signedIn = TimeProvider.System.GetTimestamp();

    public Guid Id => id;

    public AuthenticationHeaderValue Authorization { get; private set; } = new("Bearer", accessToken);

    public static async Task<IReadOnlyList<Buyer>> SignUpAsync(GatewayClient gateway, int count, CancellationToken cancel)
    {
        var buyers = new Buyer[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (i, stop) =>
        {
            var email = $"{Guid.CreateVersion7():N}@load.example";
            await gateway.CallAsync(HttpMethod.Post, "/api/v1/members", new { email, password = Password, name = "김하나", language = "ko" }, token: null, stop);
            buyers[i] = await SignInAsync(gateway, email, Password, stop);
        });
        return buyers;
    }

    public static async Task<Buyer> SignInAsync(GatewayClient gateway, string email, string password, CancellationToken cancel)
    {
        var session = await gateway.CallAsync(HttpMethod.Post, "/api/v1/sessions", new { email, password }, token: null, cancel);
        var token = session.GetProperty("accessToken").GetString()!;
        var me = await gateway.CallAsync(HttpMethod.Get, "/api/v1/me", body: null, token, cancel);
        return new(gateway, me.GetProperty("memberId").GetGuid(), token, session.GetProperty("refreshToken").GetString()!);
    }

    /// <summary>Renews an old access token, once for all concurrent orders of this buyer: measurements can be longer than a token's lifetime.</summary>
    public Task StaySignedInAsync(CancellationToken cancel)
    {
        if (TimeProvider.System.GetElapsedTime(Volatile.Read(ref _signedIn)) < TokenLasts)
            return Task.CompletedTask;
        lock (_lock)
            return _renewal ??= RenewAsync(cancel);
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        var session = await gateway.CallAsync(HttpMethod.Post, "/api/v1/sessions/refresh", new { refreshToken = _refreshToken }, token: null, cancel);
        Authorization = new("Bearer", session.GetProperty("accessToken").GetString()!);
        _refreshToken = session.GetProperty("refreshToken").GetString()!;
        Volatile.Write(ref _signedIn, TimeProvider.System.GetTimestamp());
        lock (_lock)
            _renewal = null;
    }
}
