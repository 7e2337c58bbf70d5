using Microsoft.AspNetCore.Hosting;
using Shop.Console.Tests.Running;
using Shop.Design.Gateway;

[assembly: AssemblyFixture(typeof(RunningConsole))]
// The gateway behind it is shared, and each test sets its answers.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Console.Tests.Running;

public sealed class RunningConsole() : RunningSite<Program, StandInGateway>("console", GatewayHttp.Calls, GatewayHttp.OwnCalls, GatewayHttp.Streams), IAsyncLifetime
{
    protected override void Configure(IWebHostBuilder host) => host.UseSetting("Dashboard:Url", "http://dashboard.test:5300");
}
