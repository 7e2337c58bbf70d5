namespace Shop.ServiceDefaults.WarmUp;

/// <summary>A step before the service is ready.</summary>
/// <param name="What">For the log, such as "upstream catalog".</param>
internal sealed record WarmUpStep(string What, WarmUpStage Stage, Func<IServiceProvider, CancellationToken, Task> Run);

/// <summary>Steps of a stage run concurrently, after those of the previous stage.</summary>
internal enum WarmUpStage
{
    /// <summary>Token keys and the token issuer, which calls to upstreams need.</summary>
    Tokens,

    /// <summary>Other connections.</summary>
    Connections,

    /// <summary>The service's own work.</summary>
    Work,
}
