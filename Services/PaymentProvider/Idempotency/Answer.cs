using Microsoft.Extensions.Options;
using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>The answer to a write, in the manner that its payment token asks for. The effect is committed before any of this runs.</summary>
/// <param name="IsFirst">False when it is given again for the same key.</param>
public sealed record Answer(int Status, string Body, string Token, bool IsFirst) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (Token == PaymentToken.LostAnswer && IsFirst)
        {
            httpContext.Abort();
            return;
        }

        if (Token == PaymentToken.Slow)
        {
            var options = httpContext.RequestServices.GetRequiredService<IOptions<ProviderOptions>>().Value;
            var clock = httpContext.RequestServices.GetRequiredService<TimeProvider>();
            await Task.Delay(options.SlowAnswer, clock, httpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = Status < 400 ? "application/json" : "application/problem+json";
        await response.WriteAsync(Body, httpContext.RequestAborted);
    }
}
