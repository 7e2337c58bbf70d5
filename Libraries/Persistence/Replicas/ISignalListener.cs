namespace Shop.Persistence.Replicas;

/// <summary>Receives signals of other replicas (and of this one) on one channel. Register it as a singleton of this interface.</summary>
public interface ISignalListener
{
    /// <summary>A PostgreSQL identifier: letters, digits and underscores.</summary>
    string Channel { get; }

    /// <summary>Signals may have been missed: called each time listening begins, at the start and after an interruption.</summary>
    void ListeningBegan();

    /// <summary>Called for each signal, on the thread that listens: it must be quick and must not throw.</summary>
    void Signalled(string payload);
}
