using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Shop.AppHost.Tests;

/// <summary>The manifest for deployments, published as by <c>aspire publish</c> and <c>azd</c>.</summary>
public sealed partial class ManifestTests(ManifestTests.Published published) : IClassFixture<ManifestTests.Published>
{
    private static readonly string[] WithDatabase = ["basket", "catalog", "console", "coupons", "inventory", "members", "order-history", "notifications", "ordering", "payment-provider", "payments", "reviews", "shipping", "storefront"];
    private static readonly string[] WithGrpc = ["basket", "catalog", "coupons", "inventory", "members", "notifications", "order-history", "ordering", "payments", "reviews", "shipping"];
    private static readonly string[] Programs = [.. WithDatabase, "database-setup", "gateway"];

    [Fact]
    public void Every_reference_names_something_that_is_in_the_manifest()
    {
        foreach (var (where, reference) in References(published.Document, "$"))
        {
            var parts = reference.Split('.');
            Assert.True(published.Resources.TryGetProperty(parts[0], out var resource), $"{where} names {reference}, and there is no {parts[0]}");
            Assert.True(parts[1] switch
            {
                "value" => resource.GetProperty("type").GetString() == "parameter.v0",
                "connectionString" => resource.TryGetProperty("connectionString", out _),
                "bindings" => resource.TryGetProperty("bindings", out var bindings) && bindings.TryGetProperty(parts[2], out _),
                "inputs" => resource.TryGetProperty("inputs", out var inputs) && inputs.TryGetProperty(parts[2], out _),
                _ => false,
            }, $"{where} names {reference}, which {parts[0]} does not have");
        }
    }

    [Fact]
    public void Every_database_and_role_is_created_by_the_setup_on_the_server_that_its_service_connects_to()
    {
        foreach (var service in WithDatabase)
        {
            Assert.Equal($"{{{service}-db.connectionString}}", Environment(service, $"ConnectionStrings__{service}"));

            var connection = published.Resources.GetProperty($"{service}-db").GetProperty("connectionString").GetString()!;
            Assert.EndsWith($";Username={service};Password={{{service}-database-password.value}};Database={service}", connection, StringComparison.Ordinal);
            Assert.Equal($"{{{service}-database-password.value}}", Environment("database-setup", $"Databases__{service}__Password"));

            var superuser = Environment("database-setup", $"Databases__{service}__Server");
            Assert.StartsWith(connection[..connection.IndexOf(";Username", StringComparison.Ordinal)], superuser, StringComparison.Ordinal);
            Assert.EndsWith(";Username=postgres;Password={postgres-password.value}", superuser, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_the_setup_has_the_superusers_password()
    {
        var who = published.Resources.EnumerateObject().Where(resource => resource.Name is not ("postgres" or "postgres-password") && resource.Value.ToString().Contains("postgres-password", StringComparison.Ordinal));
        Assert.Equal(["database-setup"], who.Select(resource => resource.Name));
    }

    [Fact]
    public void Every_service_that_sends_events_knows_the_broker()
    {
        foreach (var service in WithGrpc)
            Assert.Equal("{kafka.connectionString}", Environment(service, "ConnectionStrings__kafka"));
    }

    [Fact]
    public void Every_secret_is_a_parameter_that_can_be_generated()
    {
        foreach (var resource in published.Resources.EnumerateObject().Where(resource => resource.Value.TryGetProperty("env", out _)))
        {
            foreach (var variable in resource.Value.GetProperty("env").EnumerateObject().Where(variable => Secret().IsMatch(variable.Name)))
            {
                var text = variable.Value.GetString()!;
                Assert.True(OneReference().Match(text) is { Success: true } match && IsGeneratedSecret(match.Groups[1].Value), $"{resource.Name}: {variable.Name} is {text}");
            }
        }
    }

    /// <summary>A key needs 256 bits: at least 43 letters and digits.</summary>
    [Theory]
    [InlineData("page-tokens-key")]
    [InlineData("provider-webhook-secret")]
    [InlineData("signing-keys-key")]
    [InlineData("console-sessions-key")]
    [InlineData("storefront-sessions-key")]
    public void A_key_that_is_generated_elsewhere_is_long_enough_and_text(string name)
    {
        var generate = published.Resources.GetProperty(name).GetProperty("inputs").GetProperty("value").GetProperty("default").GetProperty("generate");
        Assert.InRange(generate.GetProperty("minLength").GetInt32(), 43, 1000);
        Assert.False(generate.GetProperty("special").GetBoolean());
    }

    [Fact]
    public void Every_process_is_there_with_its_endpoints_and_nothing_that_only_this_machine_needs()
    {
        Assert.Equal(Programs.Order(), OfType("project.v0").Order());
        Assert.Equal(["kafka", "postgres"], OfType("container.v0").Order());

        foreach (var service in Programs.Except(["database-setup"]))
            Assert.True(Binding(service, "http").GetProperty("transport").GetString() == "http", service);
        foreach (var service in WithGrpc)
            Assert.True(Binding(service, "grpc").GetProperty("transport").GetString() == "http2", service);
        Assert.All(["console", "gateway", "storefront"], service => Assert.True(Binding(service, "http").GetProperty("external").GetBoolean()));
        Assert.DoesNotContain(OfType("project.v0"), service => service is not ("console" or "gateway" or "storefront") && published.Resources.GetProperty(service).ToString().Contains("\"external\"", StringComparison.Ordinal));
    }

    /// <summary>Their limits of sign-ins and their addresses are the browser's: behind a proxy (docs/deployment.md) it is in the headers that the proxy sets.</summary>
    [Fact]
    public void The_programs_for_browsers_and_the_gateway_read_the_proxys_headers() =>
        Assert.All(["console", "gateway", "storefront"], program => Assert.Equal("true", Environment(program, "ASPNETCORE_FORWARDEDHEADERS_ENABLED")));

    /// <summary>The manifest's format has no replicas and probes; the publishers for Kubernetes and compose read them from the model.</summary>
    [Fact]
    public void Replicas_and_probes_are_in_the_model_that_publishers_read()
    {
        Assert.Equal(2, published.Model("ordering").GetReplicaCount());
        Assert.Equal(2, published.Model("payments").GetReplicaCount());
#pragma warning disable ASPIREPROBES001
        foreach (var service in Programs.Except(["database-setup"]))
            Assert.Equal([ProbeType.Readiness, ProbeType.Liveness], published.Model(service).Annotations.OfType<ProbeAnnotation>().Select(probe => probe.Type));
#pragma warning restore ASPIREPROBES001
        foreach (var service in WithDatabase)
            Assert.Contains(published.Model(service).Annotations.OfType<WaitAnnotation>(), wait => wait is { WaitType: WaitType.WaitForCompletion, Resource.Name: "database-setup" });
    }

    [Fact]
    public void No_path_of_this_machine_is_in_it()
    {
        var text = published.Document.ToString();
        Assert.DoesNotContain(published.Repository, text, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost:5", text, StringComparison.Ordinal);
        foreach (var project in OfType("project.v0"))
        {
            var path = published.Resources.GetProperty(project).GetProperty("path").GetString()!;
            Assert.True(File.Exists(Path.Combine(published.Folder, path)), path);
            Assert.StartsWith("../", path, StringComparison.Ordinal);
        }
    }

    private string? Environment(string resource, string variable) =>
        published.Resources.GetProperty(resource).GetProperty("env").TryGetProperty(variable, out var value) ? value.GetString() : null;

    private JsonElement Binding(string resource, string name) => published.Resources.GetProperty(resource).GetProperty("bindings").GetProperty(name);

    private IEnumerable<string> OfType(string type) =>
        published.Resources.EnumerateObject().Where(resource => resource.Value.GetProperty("type").GetString() == type).Select(resource => resource.Name);

    private bool IsGeneratedSecret(string parameter) =>
        published.Resources.GetProperty(parameter).GetProperty("inputs").GetProperty("value") is var input
        && input.TryGetProperty("secret", out var secret) && secret.GetBoolean()
        && input.GetProperty("default").TryGetProperty("generate", out _);

    private static IEnumerable<(string Where, string Reference)> References(JsonElement element, string where) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => References(property.Value, $"{where}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => References(item, where)),
        JsonValueKind.String => Reference().Matches(element.GetString()!).Select(match => (where, match.Groups[1].Value)),
        _ => [],
    };

    [GeneratedRegex("\\{([a-zA-Z][^{}]*)\\}")]
    private static partial Regex Reference();

    [GeneratedRegex("^\\{([^.{}]*)\\.value\\}$")]
    private static partial Regex OneReference();

    [GeneratedRegex("Password$|Secret$|Key$|_PASSWORD$|Tokens__Clients__")]
    private static partial Regex Secret();

    public sealed class Published : IAsyncLifetime
    {
        private IDistributedApplicationTestingBuilder? _builder;

        internal string Repository { get; } = Path.GetFullPath(Path.Combine(Projects.Shop_AppHost.ProjectPath, ".."));

        /// <summary>In the repository, so that project paths are relative as usual.</summary>
        internal string Folder { get; private set; } = "";

        internal JsonElement Document { get; private set; }

        internal JsonElement Resources => Document.GetProperty("resources");

        internal IResource Model(string name) => _builder!.Resources.Single(resource => resource.Name == name);

        public async ValueTask InitializeAsync()
        {
            Folder = Directory.CreateDirectory(Path.Combine(Repository, "artifacts", "run", "manifest")).FullName;
            var file = Path.Combine(Folder, $"{Guid.CreateVersion7():N}.json");
            _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Shop_AppHost>(
                ["--publisher", "manifest", "--output-path", file], TestContext.Current.CancellationToken);
            await using (var application = await _builder.BuildAsync(TestContext.Current.CancellationToken))
                await application.RunAsync(TestContext.Current.CancellationToken);
            Document = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file));
            File.Delete(file);
        }

        public ValueTask DisposeAsync() => _builder?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
