using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Collects the app model; an ordinary host with the orchestration as hosted services.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder, IHasUserSecrets
{
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _executionContextOptions;
    private readonly HostApplicationBuilder _host;
    private readonly UserSecrets _secrets;
    private bool _built;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;

        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        BuilderHooks.Current?.Creating(options, settings);
        if (settings.ContentRootPath is null && options.Metadata("apphostprojectpath") is { } project && Directory.Exists(project))
            settings.ContentRootPath = project;
        _host = new HostApplicationBuilder(settings);

        AppHostDirectory = options.ProjectDirectory ?? _host.Environment.ContentRootPath;
        _secrets = new UserSecrets(AppHostAssembly);
        _executionContextOptions = ExecutionContexts.From(Configuration);
        ExecutionContext = new DistributedApplicationExecutionContext(_executionContextOptions);
        Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = AppHostDirectory,
            ["AppHost:DashboardApplicationName"] = options.DashboardApplicationName ?? _host.Environment.ApplicationName,
        });

        if (!options.DisableDashboard && ExecutionContext.IsRunMode)
            DashboardSecrets.Ensure(Configuration, _secrets);
        Services.AddHosting(this, options);
        BuilderHooks.Current?.Created(this);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly => _options.Assembly;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    UserSecrets IHasUserSecrets.Secrets => _secrets;

    internal Microsoft.Extensions.Logging.ILoggingBuilder Logging => _host.Logging;

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ResourceNames.Validate("Resource", resource.Name);
        if (Resources.TryGetByName(resource.Name, out var other))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because resource of type '{other.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        if (_built)
            throw new InvalidOperationException("Build can only be called once.");
        _built = true;
        var hooks = BuilderHooks.Current;
        hooks?.Building(this);
        var application = new DistributedApplication(_host.Build());
        _executionContextOptions.ServiceProvider = application.Services;
        hooks?.Built(application);
        return application;
    }
}
