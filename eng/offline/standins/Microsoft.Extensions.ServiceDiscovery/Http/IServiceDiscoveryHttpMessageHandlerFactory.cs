namespace Microsoft.Extensions.ServiceDiscovery.Http;

public interface IServiceDiscoveryHttpMessageHandlerFactory
{
    /// <summary>A handler that finds the service's endpoint and passes the request on to <paramref name="handler"/>.</summary>
    HttpMessageHandler CreateHandler(HttpMessageHandler handler);
}
