using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What every project is told without the author saying so.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> WithProjectDefaults(
        this IResourceBuilder<ProjectResource> builder, IProjectMetadata project, ProjectResourceOptions options)
    {
        var application = builder.ApplicationBuilder;
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (application.Environment.IsDevelopment())
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter()
            .WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment(context => SetUrls(context, builder.Resource));

        var appHostProfile = application.Configuration["AppHost:DefaultLaunchProfileName"] ?? application.Configuration["DOTNET_LAUNCH_PROFILE"];
        if (LaunchProfiles.Of(project, options, appHostProfile) is not var (name, profile))
            return options.ExcludeLaunchProfile ? builder.WithAnnotation(new ExcludeLaunchProfileAnnotation()) : builder;

        foreach (var address in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse))
            builder.WithEndpoint(NameOf(builder.Resource, address.Scheme), endpoint => Describe(endpoint, address));
        if (profile.CommandLineArgs is { Length: > 0 } arguments)
            builder.WithArgs(context => AddArguments(context, arguments));
        return builder.WithAnnotation(new LaunchProfileAnnotation(name)).WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
        });
    }

    /// <summary>All HTTP endpoints in one variable, unless they have one of their own or the author has set it.</summary>
    private static void SetUrls(EnvironmentCallbackContext context, ProjectResource project)
    {
        if (context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;
        var filters = project.Annotations.OfType<EndpointEnvironmentFilter>().ToArray();
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in project.GetEndpoints()
            .Where(e => e.Scheme is "http" or "https" && e.EndpointAnnotation.TargetPortEnvironmentVariable is null)
            .Where(e => filters.All(f => f.Filter(e.EndpointAnnotation))))
        {
            if (endpoint.IsHttps)
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!urls.IsEmpty)
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
    }

    /// <summary>A profile's second http address is called <c>http2</c>.</summary>
    private static string NameOf(ProjectResource project, string scheme)
    {
        var same = project.GetEndpoints().Count(e => e.Scheme == scheme);
        return same == 0 ? scheme : $"{scheme}{same + 1}";
    }

    private static void Describe(EndpointAnnotation endpoint, BindingAddress address)
    {
        endpoint.Port = address.Port == 0 ? null : address.Port;
        endpoint.TargetHost = address.Host;
        endpoint.UriScheme = address.Scheme;
        endpoint.Transport = "http";
    }

    private static void AddArguments(CommandLineArgsCallbackContext context, string arguments)
    {
        foreach (var argument in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            context.Args.Add(argument);
    }
}
