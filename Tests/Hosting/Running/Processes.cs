using System.Diagnostics;

namespace Shop.Hosting.Tests.Running;

internal static class Processes
{
    public static bool Lives(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The value of a property that holds a process id.</summary>
    public static int Pid(this Aspire.Hosting.ApplicationModel.CustomResourceSnapshot snapshot) =>
        (int)snapshot.Properties.Single(p => p.Name == "executable.pid").Value!;
}
