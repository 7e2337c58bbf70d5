using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.PaymentProvider.Faults;
using Shop.PaymentProvider.Ledger;
using Shop.Testing;

namespace Shop.Payments.Tests.Running;

/// <summary>The simulated provider as a process, with the calls that tests need.</summary>
public sealed class ProviderProcess : IAsyncDisposable
{
    private readonly int _port = Ports.Free();
    private readonly Dictionary<string, string> _environment;
    private ServerProcess? _process;

    public ProviderProcess(string database, params (string Key, string Value)[] settings)
    {
        _environment = new()
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
            ["ConnectionStrings__payment-provider"] = database,
            ["ApiKey"] = Secrets.ApiKey,
            ["WebhookSecret"] = Secrets.Webhook,
        };
        foreach (var (key, value) in settings)
            _environment[key] = value;
        Http = new HttpClient { BaseAddress = new Uri(Address) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secrets.ApiKey);
    }

    /// <summary>The connection string.</summary>
    public string Database => _environment["ConnectionStrings__payment-provider"];

    public string Address => $"http://127.0.0.1:{_port}";

    /// <summary>With the API key.</summary>
    public HttpClient Http { get; }

    public async Task StartAsync() => _process = await ServiceProcess.StartAsync("Shop.PaymentProvider", _port, _environment);

    /// <summary>Without waiting until it is healthy.</summary>
    public void Launch() => _process = ServiceProcess.Launch("Shop.PaymentProvider", _environment);

    public async Task<bool> IsHealthyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public bool HasExited => _process!.HasExited;

    public string Output => _process!.Output;

    public Task KillAsync() => _process!.KillAsync();

    internal async Task SetFaultsAsync(FaultSettings faults)
    {
        using var answer = await Http.PutAsJsonAsync("/v1/faults", faults);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<HttpResponseMessage> PostAsync(string path, object body, string? idempotencyKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Http.SendAsync(request);
    }

    /// <summary>All entries, over as many pages as there are.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(int pageSize = 1000)
    {
        var entries = new List<LedgerEntry>();
        string? token = null;
        do
        {
            var page = await Http.GetFromJsonAsync<LedgerPage>($"/v1/ledger?pageSize={pageSize}&pageToken={token}", JsonSerializerOptions.Web);
            entries.AddRange(page!.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        return entries;
    }

    /// <summary>The provider's ledger entries of an order.</summary>
    internal async Task<IReadOnlyList<LedgerEntry>> ChargesOfAsync(Guid orderId) =>
        [.. (await LedgerAsync()).Where(entry => entry.IdempotencyKey.StartsWith(orderId.ToString(), StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
