namespace Shop.Messaging.SagaEngine;

/// <summary>Where a run keeps what it has come to. The database in earnest; memory in tests of a saga's logic.</summary>
internal interface ISagaJournal
{
    /// <summary>Progress, together with what the step has changed on the saga's own DbContext.</summary>
    /// <exception cref="SagaLostException">The saga is another replica's now.</exception>
    Task WriteAsync(SagaProgress progress, CancellationToken cancel);

    /// <summary>The end's own work and the progress that it leads to, in one transaction.</summary>
    /// <exception cref="SagaLostException">The saga is another replica's now.</exception>
    Task EndAsync(Func<CancellationToken, Task> work, Func<SagaProgress> progress, CancellationToken cancel);

    /// <summary>What an attempt that failed had changed.</summary>
    void Discard();
}
