using Aspire.Hosting.Testing;
using Shop.Hosting.Tests.Running;

namespace Shop.Hosting.Tests;

/// <summary>What the frontend of the scenario "references" is told, as the program itself sees it.</summary>
public sealed class Environment_and_references(Environment_and_references.Sample sample) : IClassFixture<Environment_and_references.Sample>
{
    [Fact]
    public async Task A_project_is_found_under_each_of_its_endpoints_names()
    {
        Assert.Equal(Url("backend", "http"), await Of("services__backend__http__0"));
        Assert.Equal(Url("backend", "grpc"), await Of("services__backend__grpc__0"));
        Assert.Equal(Url("backend", "http"), await Of("BACKEND_HTTP"));
    }

    [Fact]
    public async Task A_connection_string_comes_whole_and_in_parts()
    {
        var whole = await Of("ConnectionStrings__data-base");
        var password = await Of("FROM_CALLBACK");

        Assert.Matches($"^Host=localhost;Port=[0-9]+;Password={password};Database=data-base$", whole);
        Assert.Equal(whole, await Of("ConnectionStrings__other"));
        Assert.Equal(password, await Of("DATA_BASE_PASSWORD"));
        Assert.Equal("localhost", await Of("OTHER_HOST"));
        Assert.Equal(whole, await sample.App.Application.GetConnectionStringAsync("data-base", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_connection_string_from_configuration_is_passed_on() =>
        Assert.Equal("Host=far.away", await Of("ConnectionStrings__elsewhere"));

    [Fact]
    public async Task Texts_parameters_and_expressions_are_resolved()
    {
        Assert.Equal("plain {text}", await Of("TEXT"));
        Assert.Equal("hello", await Of("GREETING"));
        Assert.Equal("from the command line", await Of("CONFIGURED"));
        Assert.Equal($"hello, {sample.App.Application.GetEndpoint("backend", "grpc").Port}", await Of("SENTENCE"));
        Assert.Equal(Url("backend", "http"), await Of("BACKEND"));
        Assert.True((await Of("FROM_CALLBACK")).Length >= 24);
    }

    [Fact]
    public async Task Arguments_come_in_order() =>
        Assert.Equal($"""["--first","second value","{Url("backend", "http")}"]""", await sample.App.GetAsync("front-end", "/args"));

    [Fact]
    public async Task An_endpoint_with_a_variable_of_its_own_is_not_among_the_urls()
    {
        var port = await sample.App.GetAsync("backend", "/env/GRPC_PORT");
        var urls = await sample.App.GetAsync("backend", "/env/ASPNETCORE_URLS");

        Assert.Matches("^[0-9]+$", port);
        Assert.Matches("^http://localhost:[0-9]+$", urls);
        Assert.DoesNotContain(port, urls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_proxy_the_program_listens_where_others_connect() =>
        Assert.Equal(Url("front-end", "http"), await Of("ASPNETCORE_URLS"));

    [Fact]
    public async Task Telemetry_knows_service_and_instance()
    {
        Assert.Equal("front-end", await Of("OTEL_SERVICE_NAME"));
        Assert.StartsWith("service.instance.id=", await Of("OTEL_RESOURCE_ATTRIBUTES"), StringComparison.Ordinal);
        Assert.Equal("grpc", await Of("OTEL_EXPORTER_OTLP_PROTOCOL"));
        Assert.Equal("1000", await Of("OTEL_BSP_SCHEDULE_DELAY"));
    }

    [Fact]
    public async Task The_apphosts_own_environment_is_not_the_programs()
    {
        Assert.Equal("", await Of("ASPNETCORE_ENVIRONMENT"));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), await Of("PATH"));
    }

    [Fact]
    public async Task Replicas_share_an_address_and_differ_in_process_and_identity()
    {
        var instances = await sample.App.InstancesAsync("backend", 2);
        var pids = instances.Select(i => i.Snapshot.Pid()).ToHashSet();
        var seen = new HashSet<int>();

        await Testing.Eventually.TrueAsync(async () => seen.Add(await sample.App.PidAsync("backend")) && seen.Count == 2, "both replicas answer", SampleApp.Patience);

        Assert.Equal(pids, seen);
        Assert.Equal(2, instances.Select(i => Variable(i, "OTEL_RESOURCE_ATTRIBUTES")).Distinct().Count());
        Assert.Equal(2, instances.Select(i => Variable(i, "GRPC_PORT")).Distinct().Count());
    }

    [Fact]
    public async Task The_dashboard_is_told_about_links_and_relations()
    {
        var snapshot = (await sample.App.InstancesAsync("front-end", 1))[0].Snapshot;

        Assert.Contains(snapshot.Urls, u => u.Name == "http" && u.Url == Url("front-end", "http") && u.DisplayProperties.DisplayName == "The front" && !u.IsInactive);
        Assert.Contains(snapshot.Relationships, r => r is { ResourceName: "backend", Type: "Reference" });
        Assert.Contains(snapshot.Relationships, r => r is { ResourceName: "data-base", Type: "Reference" });
        Assert.Equal("Project", snapshot.ResourceType);
    }

    private static string? Variable(Aspire.Hosting.ApplicationModel.ResourceEvent instance, string name) =>
        instance.Snapshot.EnvironmentVariables.Single(v => v.Name == name).Value;

    private Task<string> Of(string variable) => sample.App.GetAsync("front-end", $"/env/{variable}");

    private string Url(string resource, string endpoint) => sample.App.Application.GetEndpoint(resource, endpoint).ToString().TrimEnd('/');

    public sealed class Sample : IAsyncLifetime
    {
        internal SampleApp App { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            // The test's process is the AppHost here, so this is the AppHost's environment.
            Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Testing");
            App = await SampleApp.StartAsync("references", "--Parameters:configured", "from the command line", "--ConnectionStrings:elsewhere", "Host=far.away");
            await App.HealthyAsync("front-end");
        }

        public ValueTask DisposeAsync() => App?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
