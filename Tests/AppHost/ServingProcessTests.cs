using System.Diagnostics;
using Shop.AppHost.Info;
using Shop.Testing;

namespace Shop.AppHost.Tests;

public sealed class ServingProcessTests
{
    [Fact]
    public async Task Below_a_wrapper_it_is_the_program_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists child processes.");
        using var wrapper = Process.Start("sh", ["-c", "sleep 60; exit 0"]);
        // Between fork and exec the child still has its parent's name.
        await Eventually.TrueAsync(() =>
        {
            using var program = Process.GetProcessById(ServingProcess.Of(wrapper.Id)!.Value);
            return program.Id != wrapper.Id && program.ProcessName == "sleep";
        }, "the child is there");

        wrapper.Kill(entireProcessTree: true);
        await wrapper.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => ServingProcess.Of(wrapper.Id) is null, "it is gone");
    }
}
