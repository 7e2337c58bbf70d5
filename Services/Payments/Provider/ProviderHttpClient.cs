using System.Net;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Payments.Provider;

/// <summary>
/// One HTTP exchange with the provider. Three results: an answer (returned), nothing was sent (<see cref="UnavailableException"/>), or the outcome is unknown
/// (<see cref="OutcomeUnknownException"/>).
/// </summary>
internal sealed partial class ProviderHttpClient(HttpClient http, ILogger<ProviderHttpClient> logger)
{
    public Task<ProviderAnswer> PostAsync(string path, string idempotencyKey, object body, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web) };
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        return ExchangeAsync(request, ReadAnswerAsync, cancel);
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancel) =>
        ExchangeAsync(new HttpRequestMessage(HttpMethod.Get, path), ReadAsync<T>, cancel);

    private async Task<T> ExchangeAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            using (request)
            using (var response = await http.SendAsync(request, cancel))
                return await read(response, cancel);
        }
        catch (Exception failure) when (failure is BrokenCircuitException or RateLimiterRejectedException)
        {
            // The breaker's fallback: the checkout waits. The caller repeats the command later, with the same ids.
            throw Unavailable(failure.Message);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw Unavailable(failure.Message);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutRejectedException or IOException or JsonException)
        {
            throw new OutcomeUnknownException($"The provider's answer was lost: {failure.Message}", failure);
        }
    }

    private async Task<ProviderAnswer> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.StatusCode is not (HttpStatusCode.PaymentRequired or HttpStatusCode.Conflict))
            return new ProviderAnswer((await ReadAsync<ProviderCharge>(response, cancel)).ToCharge());

        var problem = await response.Content.ReadFromJsonAsync<ProviderProblem>(cancel);
        if (problem?.Charge is not { } charge)
            throw new OutcomeUnknownException($"The provider refused with {(int)response.StatusCode} and without a charge.");

        // 402: the card was declined. 409: the charge is in another state, and that state is the answer.
        var refused = response.StatusCode == HttpStatusCode.PaymentRequired ? ProviderCharge.Reason(problem.Code ?? "") : null;
        return new ProviderAnswer(charge.ToCharge(), refused);
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.IsSuccessStatusCode)
            return await response.Content.ReadFromJsonAsync<T>(cancel) ?? throw new OutcomeUnknownException("The provider's answer was empty.");

        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode == HttpStatusCode.RequestTimeout)
            throw new OutcomeUnknownException($"The provider answered {status}.");
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            throw Unavailable("it limits the rate of calls");
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            LogKeyRefused(status);
            throw Unavailable("it rejects the API key");
        }

        var detail = await response.Content.ReadAsStringAsync(cancel);
        throw new InvalidOperationException($"The provider rejected the request: {status} to {response.RequestMessage?.RequestUri?.AbsolutePath}. {detail}");
    }

    private static UnavailableException Unavailable(string why) =>
        new($"The payment provider cannot be used right now: {why}", reason: "provider_unavailable");

    [LoggerMessage(LogLevel.Error, "The payment provider rejects the API key with {Status}: Provider:ApiKey is wrong")]
    private partial void LogKeyRefused(int status);
}
