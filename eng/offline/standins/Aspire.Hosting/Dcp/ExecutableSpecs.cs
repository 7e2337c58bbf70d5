using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Turns a resource into what the orchestrator needs to start it: program, arguments, environment, ports.</summary>
internal sealed partial class ExecutableSpecs(DistributedApplicationExecutionContext executionContext, ResourceLoggerService logs)
{
    public async Task<DcpExecutable> CreateAsync(IResource resource, Instance instance, CancellationToken cancel)
    {
        var logger = logs.GetLogger(instance.Name);
        var args = await ArgumentsAsync(resource, logger, cancel).ConfigureAwait(false);
        var variables = await VariablesAsync(resource, logger, cancel).ConfigureAwait(false);
        var (program, programArgs, folder) = await ProgramOfAsync(resource, cancel).ConfigureAwait(false);
        var annotations = new Dictionary<string, string>
        {
            [OtlpConfigurationExtensions.ServiceNameAnnotation] = resource.Name,
            [OtlpConfigurationExtensions.InstanceIdAnnotation] = instance.Suffix,
        };
        var producers = resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.IsProxied)
            .Select(e => new ServiceProducer(EndpointAllocator.ServiceName(resource, e), e.TargetPort))
            .ToArray();
        if (producers.Length > 0)
            annotations[ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpApi.Json);
        return DcpApi.Executable(instance.Name, annotations, new ExecutableSpec(program, [.. programArgs, .. args], folder, variables));
    }

    private static async Task<(string Program, IEnumerable<string> Args, string Folder)> ProgramOfAsync(IResource resource, CancellationToken cancel)
    {
        if (resource is ExecutableResource executable)
            return (executable.Command, [], executable.WorkingDirectory);
        var project = ((ProjectResource)resource).GetProjectMetadata();
        var target = await BuiltProjects.TargetPathAsync(project, resource.Name, cancel).ConfigureAwait(false);
        return (DotNetHost.Path, [target], Path.GetDirectoryName(project.ProjectPath)!);
    }

    private async Task<List<string>> ArgumentsAsync(IResource resource, ILogger logger, CancellationToken cancel)
    {
        var context = new CommandLineArgsCallbackContext([], resource, cancel) { ExecutionContext = executionContext, Logger = logger };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            await callback.Callback(context).ConfigureAwait(false);

        var args = new List<string>();
        foreach (var arg in context.Args)
        {
            if (await ResolveAsync(resource, "an argument", arg, logger, cancel).ConfigureAwait(false) is { } text)
                args.Add(text);
        }

        return args;
    }

    private async Task<List<DcpVariable>> VariablesAsync(IResource resource, ILogger logger, CancellationToken cancel)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancel) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            await callback.Callback(context).ConfigureAwait(false);

        var variables = new List<DcpVariable>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await ResolveAsync(resource, name, value, logger, cancel).ConfigureAwait(false) is { } text)
                variables.Add(new DcpVariable(name, text));
        }

        return variables;
    }

    private async Task<string?> ResolveAsync(IResource resource, string what, object? value, ILogger logger, CancellationToken cancel)
    {
        try
        {
            return value switch
            {
                null => null,
                string text => text,
                IValueProvider provider => await provider.GetValueAsync(
                    new ValueProviderContext { Caller = resource, ExecutionContext = executionContext }, cancel).ConfigureAwait(false),
                IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancel).ConfigureAwait(false),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            CannotResolve(logger, what, e.Message);
            throw new DistributedApplicationException($"The value of {what} for resource '{resource.Name}' cannot be had: {e.Message}", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The value of {What} cannot be had: {Reason}")]
    private static partial void CannotResolve(ILogger logger, string what, string reason);
}
