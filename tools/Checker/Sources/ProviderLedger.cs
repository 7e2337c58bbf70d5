using System.Net.Http.Json;

namespace Shop.Checker.Sources;

/// <summary>The payment provider's ledger of charges.</summary>
public static class ProviderLedger
{
    public static async Task<IReadOnlyList<Charge>> ReadAsync(string provider, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri(provider), Timeout = TimeSpan.FromSeconds(30) };
        var charges = new List<Charge>();
        for (var token = ""; token is not null;)
        {
            var page = await http.GetFromJsonAsync<Page>($"/v1/ledger?pageSize=1000&pageToken={Uri.EscapeDataString(token)}", cancel)
                ?? throw new CannotCheckException("The provider's ledger is empty JSON.");
            charges.AddRange(page.Items);
            token = page.NextPageToken;
        }
        return charges;
    }

    private sealed record Page(IReadOnlyList<Charge> Items, string? NextPageToken);
}

/// <summary>A charge that was authorised. Amounts in minor units.</summary>
public sealed record Charge(string ChargeId, string IdempotencyKey, string Currency, long Authorised, long Captured, long Refunded, bool Voided)
{
    /// <summary>The shop's keys begin with the order's id. Null: not a key of the shop.</summary>
    public Guid? OrderId => Guid.TryParse(IdempotencyKey.Split('/')[0], out var id) ? id : null;

    public long Kept => Captured - Refunded;

    /// <summary>Authorised on the member's card, but not captured.</summary>
    public long Held => Voided || Captured > 0 ? 0 : Authorised;

    public string State => (Voided, Captured, Refunded) switch
    {
        (true, _, _) => "voided",
        (_, 0, _) => "authorised",
        (_, var captured, var refunded) when refunded == captured => "refunded",
        _ => "captured",
    };
}
