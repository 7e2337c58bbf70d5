namespace Shop.Persistence.Replicas;

/// <summary>Receives the signals of all replicas, this one included, on one channel. Register it as a singleton of this interface.</summary>
public interface ISignalListener
{
    /// <summary>A PostgreSQL identifier: letters, digits and underscores.</summary>
    string Channel { get; }

    /// <summary>Called each time listening begins, at the start and after an interruption: earlier signals may have been missed. Same thread rules as <see cref="Signalled"/>.</summary>
    void ListeningBegan();

    /// <summary>Called for each signal, on the listening thread, one at a time. It must be quick and must not throw.</summary>
    void Signalled(string payload);
}
