using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What a test changes about an AppHost, unless the test or the environment says otherwise.</summary>
internal static class TestingConfiguration
{
    public static void Apply(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Assembly appHost,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        settings.Args = [.. settings.Args ?? [], .. args];
        options.Args = settings.Args;
        settings.ApplicationName = appHost.GetName().Name;
        options.AssemblyName = settings.ApplicationName;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        AddDefaults(settings, new()
        {
            // Any number of runs side by side, each gone before the next begins.
            ["DcpPublisher:RandomizePorts"] = "true",
            ["DcpPublisher:WaitForResourceCleanup"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });

        var project = options.Metadata("apphostprojectpath");
        if (project is not null && Directory.Exists(project))
            settings.ContentRootPath = project;
        configure(options, settings);
        if (project is not null)
            AddDefaults(settings, FromLaunchProfile(project, settings));
    }

    /// <summary>The environment that <c>dotnet run</c> would have given the AppHost.</summary>
    private static Dictionary<string, string?> FromLaunchProfile(string project, HostApplicationBuilderSettings settings)
    {
        var profiles = LaunchSettings.Read(project)?.Profiles ?? [];
        var wanted = Existing(settings)["DOTNET_LAUNCH_PROFILE"];
        if (!string.IsNullOrEmpty(wanted) && !profiles.ContainsKey(wanted))
            throw new InvalidOperationException($"The configured launch profile, '{wanted}', was not found in the launch settings of {project}.");
        if (profiles.Count == 0)
            return [];

        var (name, profile) = string.IsNullOrEmpty(wanted) ? profiles.First() : new(wanted, profiles[wanted]);
        var values = new Dictionary<string, string?> { ["DOTNET_LAUNCH_PROFILE"] = name };
        foreach (var (variable, value) in profile.EnvironmentVariables)
        {
            values[variable] = value;

            // What a host reads without its prefix.
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
            {
                if (variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    values.TryAdd(variable[prefix.Length..], value);
            }
        }

        return values;
    }

    private static void AddDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var existing = Existing(settings);
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddInMemoryCollection(defaults.Where(d => existing[d.Key] is null));
    }

    private static ConfigurationManager Existing(HostApplicationBuilderSettings settings)
    {
        var existing = new ConfigurationManager();
        if (settings.Configuration is not null)
            existing.AddConfiguration(settings.Configuration);
        existing.AddCommandLine(settings.Args ?? []);
        return existing;
    }
}
