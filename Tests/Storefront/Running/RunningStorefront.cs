using Shop.Design.Gateway;
using Shop.Storefront.Tests.Running;

[assembly: AssemblyFixture(typeof(RunningStorefront))]
// The gateway behind it is shared, and each test sets its answers.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Storefront.Tests.Running;

public sealed class RunningStorefront() : RunningSite<Program, StandInGateway>("storefront", GatewayHttp.Calls, GatewayHttp.OwnCalls, GatewayHttp.Streams), IAsyncLifetime;
