using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.ServiceDefaults.Endpoints;

/// <summary>Detection of HEAD requests.</summary>
public static class HeadRequestExtensions
{
    /// <summary>True for a HEAD request, whose method is changed to GET. The response's body is dropped, so an expensive one need not be created.</summary>
    public static bool IsHead(this HttpContext http) => HeadRequests.IsHead(http);
}
