namespace Shop.AppHost.Infrastructure;

/// <summary>PostgreSQL or a broker that runs as a process of this machine.</summary>
public interface IEmbeddedServer : IResource;
