using System.Net.Http.Json;
using System.Text.Json;
using Shop.PaymentProvider.Charges;
using Shop.Payments.Tests.Running;

namespace Shop.Payments.Tests.Provider;

/// <summary>A client of the provider's API.</summary>
internal static class ProviderCalls
{
    public static string NewKey() => Guid.CreateVersion7().ToString();

    public static Task<HttpResponseMessage> CreateAsync(this ProviderProcess provider, string token, string? key = null, long amount = 1000) =>
        provider.PostAsync("/v1/charges", new { amount, currency = "KRW", token }, key ?? NewKey());

    public static async Task<ChargeView> ChargeAsync(this ProviderProcess provider, string token, string? key = null, long amount = 1000)
    {
        using var answer = await provider.CreateAsync(token, key, amount);
        return await answer.ReadAsync<ChargeView>();
    }

    public static Task<HttpResponseMessage> DoAsync(this ProviderProcess provider, ChargeView charge, string what, string? key = null, object? body = null) =>
        provider.PostAsync($"/v1/charges/{charge.Id}/{what}", body ?? new { }, key ?? NewKey());

    public static async Task<IReadOnlyList<ChargeView>> FindAsync(this ProviderProcess provider, string key) =>
        (await provider.Http.GetFromJsonAsync<FoundCharges>($"/v1/charges?idempotencyKey={key}", JsonSerializerOptions.Web))!.Items;

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!;
    }

    public static async Task<string?> CodeAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
