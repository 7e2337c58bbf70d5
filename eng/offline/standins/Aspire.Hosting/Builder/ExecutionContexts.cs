using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

internal static class ExecutionContexts
{
    /// <summary>Publishing is asked for on the command line; everything else is a run.</summary>
    public static DistributedApplicationExecutionContextOptions From(IConfiguration configuration)
    {
        var operation = configuration["AppHost:Operation"] ?? configuration["operation"];
        var publisher = configuration["Publishing:Publisher"] ?? configuration["publisher"];
        return operation?.ToLowerInvariant() switch
        {
            "publish" or "inspect" => new(DistributedApplicationOperation.Publish, publisher ?? "manifest"),
            "run" => new(DistributedApplicationOperation.Run),
            null => publisher is null ? new(DistributedApplicationOperation.Run) : new(DistributedApplicationOperation.Publish, publisher),
            _ => throw new DistributedApplicationException("Invalid operation specified. Valid operations are 'publish', 'run', or 'inspect'."),
        };
    }
}
