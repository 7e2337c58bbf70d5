using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Load.Customers;

namespace Shop.Load.ColdStart;

/// <summary>New customers, one after the other: each searches, signs up, signs in and orders a product that was found.</summary>
internal sealed class FirstCustomers(GatewayClient gateway)
{
    public const string Search = "search", SignUp = "sign-up", SignIn = "sign-in", Order = "order";
    private const string Password = "correct horse battery";
    private static readonly (string Language, string Words)[] Searches = [("ko", "키보드"), ("en", "keyboard"), ("ko", "무선 마우스"), ("en", "headphones"), ("ko", "원목책상"), ("en", "lether bag")];
    private readonly List<Answer> _answers = [];

    public IReadOnlyList<Answer> Answers => _answers;

    /// <summary>After a call that fails, the next calls use the product and token of an earlier customer.</summary>
    public async Task RunAsync(int customers, CancellationToken cancel)
    {
        var (product, token) = ("", "");
        for (var i = 0; i < customers; i++)
        {
            var (language, words) = Searches[i % Searches.Length];
            var found = await CallAsync(Search, HttpMethod.Get, $"/api/v1/products?query={Uri.EscapeDataString(words)}", body: null, token: null, language, cancel);
            if (found.Error is null && found.Body.GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first)
                product = first.GetProperty("id").GetString()!;

            var email = $"{Guid.CreateVersion7():N}@load.example";
            await CallAsync(SignUp, HttpMethod.Post, "/api/v1/members", new { email, password = Password, name = "김하나", language = "ko" }, token: null, language, cancel);
            var session = await CallAsync(SignIn, HttpMethod.Post, "/api/v1/sessions", new { email, password = Password }, token: null, language, cancel);
            if (session.Error is null)
                token = session.Body.GetProperty("accessToken").GetString()!;

            await CallAsync(Order, HttpMethod.Post, "/api/v1/orders", new
            {
                items = new[] { new { productId = product, quantity = 1 } },
                paymentToken = "tok_ok",
                shippingAddress = new { recipient = "김하나", line1 = "세종대로 110", city = "서울", postalCode = "04524", country = "KR" },
            }, token, language, cancel);
        }
    }

    private async Task<Answer> CallAsync(string what, HttpMethod method, string path, object? body, string? token, string language, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { AcceptLanguage = { new StringWithQualityHeaderValue(language) } } };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (what == Order)
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());

        var sent = Stopwatch.GetTimestamp();
        Answer result;
        try
        {
            using var answer = await gateway.SendAsync(request, cancel);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
            var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            result = answer.IsSuccessStatusCode
                ? new(what, took, Error: null, JsonDocument.Parse(bytes).RootElement)
                : new(what, took, $"{(int)answer.StatusCode} {Problem.KindOf(bytes)}".TrimEnd(), default);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            result = new(what, Stopwatch.GetElapsedTime(sent).TotalMilliseconds, failure is HttpRequestException http ? http.HttpRequestError.ToString() : "no answer in time", default);
        }
        _answers.Add(result);
        return result;
    }
}
