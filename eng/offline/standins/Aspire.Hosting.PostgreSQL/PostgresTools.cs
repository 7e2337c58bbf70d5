using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Postgres;

public sealed class PgAdminContainerResource(string name) : ContainerResource(name);

public sealed class PgWebContainerResource : ContainerResource
{
    public PgWebContainerResource(string name) : base(name) => PrimaryEndpoint = new EndpointReference(this, "http");

    public EndpointReference PrimaryEndpoint { get; }
}
