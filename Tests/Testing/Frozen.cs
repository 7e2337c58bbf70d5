using System.Runtime.InteropServices;

namespace Shop.Testing;

/// <summary>
/// Processes that stand still until disposed (SIGSTOP): they are there, their connections are open, and nothing answers. That is what slow looks like from outside.
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
