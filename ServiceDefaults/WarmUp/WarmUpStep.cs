namespace Shop.ServiceDefaults.WarmUp;

/// <summary>One thing that is done before the service is ready.</summary>
/// <param name="What">For the log: "upstream catalog".</param>
internal sealed record WarmUpStep(string What, WarmUpStage Stage, Func<IServiceProvider, CancellationToken, Task> Run);

/// <summary>Steps of one stage run at the same time, after those of the stage before.</summary>
internal enum WarmUpStage
{
    /// <summary>Where tokens come from: without them no upstream answers.</summary>
    Tokens,

    /// <summary>What else is connected to.</summary>
    Connections,

    /// <summary>The service's own work.</summary>
    Work,
}
