namespace Shop.AppHost.Infrastructure;

/// <summary>PostgreSQL or a broker as a process on this machine.</summary>
internal interface IEmbeddedServer : IResource;
