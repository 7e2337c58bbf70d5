using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.SystemTests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(RunningShop))]
// All tests share one shop, and some of them kill its processes.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.SystemTests.Running;

/// <summary>The whole shop, started once for all system tests as `./shop run` starts it: through the AppHost.</summary>
public class RunningShop : IAsyncLifetime
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan RecoversWithin = TimeSpan.FromMinutes(2);
    private static readonly string[] Services = ["catalog", "members", "inventory", "coupons", "basket", "ordering", "payments", "shipping", "reviews", "notifications", "order-history", "payment-provider", "gateway", "storefront", "console"];
    private readonly string _data = TestFolder.New("system");
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The shop has not started.");

    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>The document of <c>./shop info</c>: processes and databases.</summary>
    public ShopInfo Info { get; }

    /// <summary>Of all members, one file each.</summary>
    public string Mails => Path.Combine(_data, "mail");

    public RunningShop() => Info = new(Path.Combine(_data, "info.json"));

    public virtual async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartsWithin);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Shop_AppHost>(
        [
            $"--Shop:Data={_data}",
            $"--Shop:InfoFile={Info.Path}",
            // Also where PostgreSQL and Kafka are containers.
            $"--Shop:Mail:Folder={Mails}",
            // Orders stay as tests leave them: a shipment moves when a test moves it.
            "--Shop:Courier:Pace=Manual",
            "--Shop:Ports:Gateway=0", "--Shop:Ports:Storefront=0", "--Shop:Ports:Console=0", "--Shop:Ports:Dashboard=0", "--Shop:Ports:PaymentProvider=0", "--Shop:Ports:Kafka=0", "--Shop:Ports:Postgres=0",
        ], timeout.Token);
        // The health checks of servers that tests stop on purpose would fail.
        builder.Services.AddLogging(logging => logging
            .AddFilter("Aspire.Hosting", LogLevel.Warning)
            .AddFilter("Shop.AppHost.Resources", LogLevel.None)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));

        Configure(builder);
        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        foreach (var service in Services)
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(service, timeout.Token);

        Gateway = _app.CreateHttpClient("gateway", "http");
        await Eventually.TrueAsync(() => File.Exists(Info.Path), "the shop says that it is healthy", TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(async () => (await ProductsAsync()).Count > 0, "there are products", TimeSpan.FromSeconds(60));
    }

    /// <summary>For a shop of a test's own: changes resources before anything starts.</summary>
    protected virtual void Configure(IDistributedApplicationTestingBuilder builder)
    {
    }

    /// <summary>Waits until the shop has recovered from a test's faults, so that the next test starts with a healthy shop.</summary>
    public async Task IsWholeAsync()
    {
        foreach (var service in Services)
            await Info.AllReplicasAsync(service);

        // A circuit breaker that has opened meanwhile admits a call only after its break duration.
        Member? member = null;
        await Eventually.TrueAsync(async () =>
        {
            member ??= await SignUpAsync();
            await member.GetAsync("/api/v1/orders");
            var product = await member.GetAsync($"/api/v1/products/{(await ProductsAsync())[0].GetProperty("id").GetString()}");
            return product.GetProperty("unavailable").GetArrayLength() == 0;
        }, "the shop is whole again", RecoversWithin);
    }

    public async Task<Member> SignUpAsync()
    {
        var email = $"{Guid.CreateVersion7():N}@example.com";
        const string password = "correct horse battery";
        using var signUp = await Gateway.PostAsJsonAsync("/api/v1/members", new { email, password, name = "김하나", language = "ko" });
        signUp.EnsureSuccessStatusCode();
        return await SignInAsync(email, password);
    }

    public async Task<Member> SignInAsync(string email, string password)
    {
        using var signIn = await Gateway.PostAsJsonAsync("/api/v1/sessions", new { email, password });
        signIn.EnsureSuccessStatusCode();
        var session = await signIn.Content.ReadFromJsonAsync<JsonElement>();
        return new Member(Gateway, session.GetProperty("accessToken").GetString()!);
    }

    public async Task<Member> OperatorAsync() => await SignInAsync(Info.OperatorEmail, Info.OperatorPassword);

    /// <summary>A new product with that stock, so that tests do not affect each other.</summary>
    public async Task<Product> ProductWithStockAsync(int onHand)
    {
        var @operator = await OperatorAsync();
        var name = $"시험 상품 {Guid.CreateVersion7():N}";
        using var created = await @operator.SendAsync(HttpMethod.Post, "/api/v1/ops/products", new
        {
            name = new { ko = name, en = name },
            description = new { ko = "시험용", en = "For a test" },
            categoryId = await SomeCategoryAsync(),
            price = new { amount = 12_900, currency = "KRW" },
        });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;

        // 404 is retried: Inventory creates the stock row when it handles the product's event.
        await Eventually.TrueAsync(async () =>
        {
            using var stocked = await @operator.SendAsync(HttpMethod.Put, $"/api/v1/ops/stock/{id}", new { onHand });
            return stocked.IsSuccessStatusCode;
        }, "Inventory knows the new product", TimeSpan.FromSeconds(20));
        return new Product(id, name, 12_900);
    }

    /// <summary>The product's page.</summary>
    public Task<JsonElement> PageAsync(Product product) => Gateway.GetFromJsonAsync<JsonElement>($"/api/v1/products/{product.Id}");

    /// <summary>The available stock on the product's page.</summary>
    public async Task<long> StockOfAsync(Product product) =>
        (await PageAsync(product)).GetProperty("stock").GetProperty("available").GetInt64();

    public async Task<IReadOnlyList<JsonElement>> ProductsAsync(string query = "") =>
        [.. (await Gateway.GetFromJsonAsync<JsonElement>($"/api/v1/products{query}")).GetProperty("items").EnumerateArray()];

    private async Task<string> SomeCategoryAsync() =>
        (await Gateway.GetFromJsonAsync<JsonElement>("/api/v1/categories")).GetProperty("items")[0].GetProperty("id").GetString()!;

    public virtual async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        TestFolder.Delete(_data);
        GC.SuppressFinalize(this);
    }
}
