using Microsoft.Extensions.Options;
using Shop.PaymentProvider.Tokens;

namespace Shop.PaymentProvider.Idempotency;

/// <summary>The answer to a write, delivered as its payment token defines (late, or not at all). The effect is committed before.</summary>
/// <param name="IsFirst">False when the stored answer of a repeated key is returned.</param>
internal sealed record Answer(int Status, string Body, string Token, bool IsFirst) : IResult
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
