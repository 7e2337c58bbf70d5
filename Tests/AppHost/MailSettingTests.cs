using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shop.AppHost.Services;
using Shop.AppHost.Settings;

namespace Shop.AppHost.Tests;

public sealed class MailSettingTests
{
    [Fact]
    public async Task Without_containers_and_a_server_mails_are_files_in_the_folder_of_the_data()
    {
        var data = Path.GetFullPath("somewhere");

        Assert.Equal([$"Mail__Folder={Path.Combine(data, "mail")}"], await EnvironmentAsync("--Shop:Infrastructure=Embedded", $"--Shop:Data={data}"));
        Assert.Equal([$"Mail__Folder={Path.Combine(data, "other")}"], await EnvironmentAsync("--Shop:Infrastructure=Containers", $"--Shop:Mail:Folder={Path.Combine(data, "other")}"));
    }

    [Fact]
    public async Task A_server_that_is_set_is_used_whatever_the_infrastructure() => Assert.Equal(
        ["Mail__Host=smtp.example.com", "Mail__Port=587"],
        await EnvironmentAsync("--Shop:Infrastructure=Containers", "--Shop:Mail:Host=smtp.example.com", "--Shop:Mail:Port=587"));

    [Fact]
    public void With_containers_mails_go_to_Mailpit()
    {
        var (builder, notifications) = Build("--Shop:Infrastructure=Containers");

        var mailpit = Assert.Single(builder.Resources.OfType<ContainerResource>());
        Assert.Equal("axllent/mailpit", mailpit.Annotations.OfType<ContainerImageAnnotation>().Single().Image);
        Assert.Equal([("http", 8025), ("smtp", 1025)], mailpit.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (endpoint.Name, endpoint.TargetPort)).Order().Select(endpoint => (endpoint.Name, endpoint.TargetPort!.Value)));
        Assert.DoesNotContain(notifications.Annotations.OfType<WaitAnnotation>(), wait => wait.Resource == mailpit);
    }

    private static async Task<IReadOnlyList<string>> EnvironmentAsync(params string[] arguments)
    {
        var (builder, notifications) = Build(arguments);
        var variables = new Dictionary<string, object>();
        foreach (var annotation in notifications.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(new(builder.ExecutionContext, variables, TestContext.Current.CancellationToken));
        return [.. variables.Where(variable => variable.Key.StartsWith("Mail__", StringComparison.Ordinal)).Select(variable => $"{variable.Key}={variable.Value}").Order()];
    }

    private static (IDistributedApplicationBuilder Builder, ProjectResource Notifications) Build(params string[] arguments)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = arguments, DisableDashboard = true });
        return (builder, builder.AddProject<Projects.Notifications>("notifications", launchProfileName: null).SendsMail().Resource);
    }
}
