using System.Net;

namespace Shop.Chaos.Actors;

/// <summary>Somebody who is signed in, and signs in again when the access token has become old.</summary>
internal sealed class Session(ShopCalls calls, string email, string password)
{
    private const int MostSignIns = 3;
    private static readonly TimeSpan TokenLasts = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private Task<string?>? _signIn;
    private string? _token;
    private long _signedInAt;
    private bool _isOld;

    public RequestLog Log => calls.Log;

    /// <param name="expected">Anything else is a violation.</param>
    /// <returns>Null: no answer, or an unexpected one; it is logged.</returns>
    public async Task<Answer?> SendAsync(Request request, Func<Answer, bool> expected, CancellationToken cancel)
    {
        if (await SendAsync(request, once: false, cancel) is not { } answer)
            return null;
        if (expected(answer))
            return answer;

        Log.AddUnexpected(request.Step, $"{request} was answered with {answer}");
        return null;
    }

    /// <summary>Sends it once.</summary>
    /// <returns>Null: in doubt whether it was done.</returns>
    public Task<Answer?> TryAsync(Request request, CancellationToken cancel) => SendAsync(request, once: true, cancel);

    private async Task<Answer?> SendAsync(Request request, bool once, CancellationToken cancel)
    {
        for (var signIns = 1; ; signIns++)
        {
            if (await TokenAsync(request.Step, cancel) is not { } token)
                return null;
            var answer = once ? await calls.TryAsync(request, token, cancel) : await calls.SendAsync(request, token, cancel);
            if (answer?.Status is not HttpStatusCode.Unauthorized || signIns == MostSignIns)
                return answer;
            lock (_lock)
                _isOld = true;
        }
    }

    /// <summary>One sign-in serves all requests that wait for it.</summary>
    private Task<string?> TokenAsync(int step, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_token is not null && !_isOld && TimeProvider.System.GetElapsedTime(_signedInAt) < TokenLasts)
                return Task.FromResult<string?>(_token);
            if (_signIn is not { IsCompleted: false })
                _signIn = SignInAsync(step, cancel);
            return _signIn;
        }
    }

    private async Task<string?> SignInAsync(int step, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(Request.Post(step, "/api/v1/sessions", new { email, password }), token: null, cancel);
        var token = answer?.Text("accessToken");
        if (token is null && answer is not null)
            Log.AddUnexpected(step, $"signing in was answered with {answer}");
        lock (_lock)
            (_token, _signedInAt, _isOld) = (token, TimeProvider.System.GetTimestamp(), false);
        return token;
    }
}
