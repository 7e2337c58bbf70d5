using System.Runtime.InteropServices;

namespace Shop.Testing;

/// <summary>
/// Processes that are paused until disposal (SIGSTOP): their connections are open, but they do not respond, like very slow processes.
/// </summary>
public sealed partial class Frozen : IDisposable
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    private readonly IReadOnlyList<int> _processes;

    public Frozen(IReadOnlyList<int> processes)
    {
        _processes = processes;
        foreach (var process in processes)
            _ = Signal(process, SigStop);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            _ = Signal(process, SigCont);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
