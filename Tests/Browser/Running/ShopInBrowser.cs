using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;
using Shop.Browser.Tests.Running;
using Shop.Testing;

[assembly: AssemblyFixture(typeof(ShopInBrowser))]
// One shop and one browser for all.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Browser.Tests.Running;

/// <summary>The whole shop, started once through the AppHost, and a real browser.</summary>
public sealed class ShopInBrowser : IAsyncLifetime
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(6);
    private readonly string _data = TestFolder.New("browser");
    private DistributedApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _info = "";

    public string Address { get; private set; } = "";

    /// <summary>The address of the operators' console.</summary>
    public string Console { get; private set; } = "";

    public string Gateway { get; private set; } = "";

    public string PaymentProvider { get; private set; } = "";

    public (string Email, string Password) Operator { get; private set; }

    /// <summary>A product that is in stock.</summary>
    public string Product { get; private set; } = "";

    /// <summary>When it said that it is healthy, as a timestamp of the system's clock; of a shop that ran before, when the tests began.</summary>
    public long Ready { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        // Chromium's sandbox refuses to run as root, as in containers.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = Environment.UserName == "root" ? ["--no-sandbox"] : [] });

        // A shop that runs already, for people who write these tests: the document of ./shop info.
        Read(_info = Environment.GetEnvironmentVariable("SHOP_INFO") ?? await StartAsync());
        Ready = TimeProvider.System.GetTimestamp();
        using var http = new HttpClient { BaseAddress = new(Address) };
        await Eventually.TrueAsync(async () =>
        {
            var html = await http.GetStringAsync("/en/search?query=mouse");
            var at = html.IndexOf("/en/products/", StringComparison.Ordinal);
            Product = at < 0 ? "" : html.Substring(at + "/en/products/".Length, 36);
            return at >= 0;
        }, "the storefront finds products", TimeSpan.FromMinutes(2));
    }

    /// <summary>Ends the process of a program at once, as a crash does. The AppHost starts it again.</summary>
    public async Task KillAsync(string program)
    {
        using var document = JsonDocument.Parse(await InfoAsync());
        foreach (var replica in document.RootElement.GetProperty("services").GetProperty(program).GetProperty("replicas").EnumerateArray())
        {
            using var process = Process.GetProcessById(replica.GetProperty("pid").GetInt32());
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>The web program twice, behind a load balancer.</summary>
    internal Task<TwoReplicas> TwiceAsync(string program) => TwoReplicas.StartAsync(InfoAsync, program, program == "console" ? Console : Address);

    /// <summary>Returns when a program that was killed is healthy again.</summary>
    public static async Task AnswersAsync(string address)
    {
        using var http = new HttpClient { BaseAddress = new(address) };
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync("/health");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, $"{address} is healthy again", TimeSpan.FromMinutes(2));
    }

    /// <summary>Changes a service's database past its API.</summary>
    public async Task ExecuteAsync(string service, string sql)
    {
        using var document = JsonDocument.Parse(await InfoAsync());
        await using var connection = new NpgsqlConnection(document.RootElement.GetProperty("services").GetProperty(service).GetProperty("database").GetString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A window of a new visitor, who has no cookies.</summary>
    /// <param name="address">Null: the storefront.</param>
    public async Task<IPage> OpenAsync(string language, bool javaScript = true, ColorScheme scheme = ColorScheme.Light, int width = 1280, string? address = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address ?? Address,
            JavaScriptEnabled = javaScript,
            ColorScheme = scheme,
            Locale = language == "ko" ? "ko-KR" : "en-GB",
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        TestFolder.Delete(_data);
    }

    private async Task<string> StartAsync()
    {
        using var timeout = new CancellationTokenSource(StartsWithin);
        var info = Path.Combine(_data, "info.json");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Shop_AppHost>(
        [
            $"--Shop:Data={_data}", $"--Shop:InfoFile={info}", "--Shop:Courier:DispatchAfter=00:00:05", "--Shop:Courier:DeliverAfter=00:00:05",
            "--Shop:Ports:Gateway=0", "--Shop:Ports:Storefront=0", "--Shop:Ports:Console=0", "--Shop:Ports:Dashboard=0", "--Shop:Ports:PaymentProvider=0", "--Shop:Ports:Kafka=0", "--Shop:Ports:Postgres=0",
        ], timeout.Token);
        builder.Services.AddLogging(logging => logging.AddFilter("Aspire.Hosting", LogLevel.Warning).AddFilter("Shop.AppHost.Resources", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await Eventually.TrueAsync(() => File.Exists(info), "the shop says that it is healthy", StartsWithin);
        return info;
    }

    /// <summary>The document of <c>./shop info</c>, which is there while all programs are healthy.</summary>
    private Task<string> InfoAsync() => Eventually.IsAsync(async () => File.Exists(_info) ? await File.ReadAllTextAsync(_info) : null, "the shop says that it is healthy", TimeSpan.FromMinutes(2));

    private void Read(string info)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(info));
        string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
        var root = document.RootElement;
        (Address, Console, Gateway, PaymentProvider) = (Text(root, "storefront"), Text(root, "console"), Text(root, "gateway"), Text(root, "paymentProvider"));
        Operator = (Text(root.GetProperty("operator"), "email"), Text(root.GetProperty("operator"), "password"));
    }
}
