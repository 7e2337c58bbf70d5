using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting.Docker
{
    /// <summary>Where a published application would run. Nothing comes of it in a run on this machine.</summary>
    public class DockerComposeEnvironmentResource(string name) : Resource(name)
    {
        public bool DashboardEnabled { get; set; } = true;

        public string? DefaultNetworkName { get; set; }
    }
}

namespace Aspire.Hosting
{
    public static class DockerComposeEnvironmentExtensions
    {
        /// <summary>As with the real package, a run's model does not contain it.</summary>
        public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(
            this IDistributedApplicationBuilder builder, [ResourceName] string name)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.CreateResourceBuilder(new DockerComposeEnvironmentResource(name));
        }

        public static IResourceBuilder<DockerComposeEnvironmentResource> WithDashboard(
            this IResourceBuilder<DockerComposeEnvironmentResource> builder, bool enabled = true) =>
            builder.WithProperties(environment => environment.DashboardEnabled = enabled);

        public static IResourceBuilder<DockerComposeEnvironmentResource> WithProperties(
            this IResourceBuilder<DockerComposeEnvironmentResource> builder, Action<DockerComposeEnvironmentResource> configure)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(configure);
            configure(builder.Resource);
            return builder;
        }
    }
}
