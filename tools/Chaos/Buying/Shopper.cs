using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Checker;
using Shop.Load;

namespace Shop.Chaos.Buying;

/// <summary>A member who repeats a request without an answer with the same key, with exponential back-off.</summary>
public sealed class Shopper(HttpClient gateway, Guid memberId, AuthenticationHeaderValue authorization)
{
    private static readonly object Address = new { recipient = "김하나", line1 = "세종대로 110", city = "서울", postalCode = "04524", country = "KR" };
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    public static async Task<Shopper> SignUpAsync(HttpClient gateway, CancellationToken cancel)
    {
        const string password = "correct horse battery";
        var email = $"{Guid.CreateVersion7():N}@chaos.example";
        var member = await PostAsync(gateway, "/api/v1/members", new { email, password, name = "김하나", language = "ko" }, cancel);
        var session = await PostAsync(gateway, "/api/v1/sessions", new { email, password }, cancel);
        return new(gateway, member.GetProperty("memberId").GetGuid(), new("Bearer", session.GetProperty("accessToken").GetString()!));
    }

    /// <param name="cancelAfter">When the order is cancelled, from its acceptance; null: it is not.</param>
    /// <returns>The order, without an id if it was never answered; and the number of tries.</returns>
    public async Task<(RequestedOrder Order, int Tries)> BuyAsync(
        IReadOnlyDictionary<Guid, int> items, string paymentToken, string key, TimeSpan? cancelAfter, CancellationToken cancel)
    {
        var body = new { items = items.Select(item => new { productId = item.Key, quantity = item.Value }), paymentToken, shippingAddress = Address };
        var (answer, tries) = await RepeatAsync("/api/v1/orders", body, key, answer => answer is HttpStatusCode.Accepted, cancel);
        if (answer is not { } accepted)
            return (new(memberId, key, null), tries);

        var order = new RequestedOrder(memberId, key, accepted.GetProperty("orderId").GetGuid());
        if (cancelAfter is not { } delay)
            return (order, tries);

        await Task.Delay(delay, cancel);
        // Rejected, dispatched or delivered meanwhile: 409.
        var (cancelled, cancelTries) = await RepeatAsync(
            $"/api/v1/orders/{order.OrderId}/cancel", new { }, $"{key}-cancel", answer => answer is HttpStatusCode.Accepted or HttpStatusCode.Conflict, cancel);
        return (order with { IsCancelled = cancelled?.TryGetProperty("orderId", out _) == true }, tries + cancelTries - 1);
    }

    /// <returns>The first answer with a status that ends it; null: there was none in time. And the number of tries.</returns>
    private async Task<(JsonElement? Answer, int Tries)> RepeatAsync(string path, object body, string key, Func<HttpStatusCode, bool> ends, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            if (await TryAsync(path, body, key, ends, cancel) is { } answer)
                return (answer, tries);
            if (TimeProvider.System.GetElapsedTime(begun) > Timeout)
                return (null, tries);
            await Task.Delay(pause, cancel);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>Null: in doubt whether it was done.</returns>
    private async Task<JsonElement?> TryAsync(string path, object body, string key, Func<HttpStatusCode, bool> ends, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = authorization;
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(body);
        try
        {
            using var answer = await gateway.SendAsync(request, cancel);
            if (ends(answer.StatusCode))
                return await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
                return null;
            throw new MistakeException($"{path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || failure is TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient gateway, string path, object body, CancellationToken cancel)
    {
        using var answer = await gateway.PostAsJsonAsync(path, body, cancel);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)
            : throw new MistakeException($"{path} was answered with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}");
    }
}
