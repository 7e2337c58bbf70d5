using System.Diagnostics;
using Shop.AppHost.Info;
using Shop.Testing;

namespace Shop.AppHost.Tests;

public sealed class Serving_process
{
    [Fact]
    public async Task Below_a_wrapper_it_is_the_program_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        using var wrapper = Process.Start("sh", ["-c", "sleep 60; exit 0"]);
        await Eventually.TrueAsync(() => ServingProcess.Of(wrapper.Id) != wrapper.Id, "the child is there");

        using var program = Process.GetProcessById(ServingProcess.Of(wrapper.Id)!.Value);
        Assert.Equal("sleep", program.ProcessName);

        wrapper.Kill(entireProcessTree: true);
        await wrapper.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => ServingProcess.Of(wrapper.Id) is null, "it is gone");
    }
}
