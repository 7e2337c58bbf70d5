using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Shop.Testing.Web;

/// <summary>One account, whose refresh tokens work once, as those of Members do.</summary>
public sealed class StandInMembers
{
    public const string Email = "minji@example.com";
    public const string Password = "correct-horse-9";
    public const string Id = "0198d0a6-de79-72fa-805d-cabbc9989ab7";

    private readonly ConcurrentDictionary<string, string> _families = new();
    private readonly ConcurrentDictionary<string, bool> _access = new();
    private int _issued;

    public string Name { get; set; } = "김민지";

    /// <summary>In new access tokens.</summary>
    public string Role { get; set; } = "member";

    /// <summary>Seconds that new access tokens are valid for, as they say.</summary>
    public int ExpiresIn { get; set; } = 900;

    public int Refreshes { get; private set; }

    /// <summary>Set: refreshes wait for it.</summary>
    public ManualResetEventSlim Gate { get; } = new(true);

    /// <summary>A refresh token was used twice.</summary>
    public bool WasReused { get; private set; }

    public void Reset()
    {
        _families.Clear();
        _access.Clear();
        (Name, Role, ExpiresIn, Refreshes, WasReused) = ("김민지", "member", 900, 0, false);
        Gate.Set();
    }

    /// <summary>As if every access token had been withdrawn.</summary>
    public void RefuseAccessTokens() => _access.Clear();

    /// <summary>As if every refresh token had expired.</summary>
    public void EndSessions() => _families.Clear();

    public Answer SignIn(Call call)
    {
        var (email, password) = (call.Json.GetProperty("email").GetString(), call.Json.GetProperty("password").GetString());
        return (email, password) == (Email, Password) ? Issue(Guid.CreateVersion7().ToString()) : Answer.Problem(401, "wrong_credentials", "The address or the password is wrong.");
    }

    public Answer Refresh(Call call)
    {
        Gate.Wait(TimeSpan.FromSeconds(20));
        lock (_families)
        {
            Refreshes++;
            if (!_families.TryRemove(call.Json.GetProperty("refreshToken").GetString()!, out var family))
            {
                WasReused = true;
                return Answer.Problem(401, "invalid_refresh_token", "The refresh token is not valid (any more).");
            }

            return Issue(family);
        }
    }

    public Func<Call, Answer> Authorised(Func<Call, Answer> answer) => call =>
        call.Token is { } token && _access.ContainsKey(token) ? answer(call) : Answer.Problem(401, call.Token is null ? null : "token_invalid", "Sign in first.");

    private static string Segment(object content) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(content));

    private Answer Issue(string family)
    {
        var number = Interlocked.Increment(ref _issued);
        _families[$"refresh-{number}"] = family;
        var access = $"{Segment(new { alg = "none", typ = "JWT" })}.{Segment(new { role = Role, jti = $"{number}" })}.";
        _access[access] = true;
        return Answer.Json(200, new { accessToken = access, refreshToken = $"refresh-{number}", expiresIn = ExpiresIn });
    }
}
