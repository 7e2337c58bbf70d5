using Microsoft.AspNetCore.Http;
using Shop.ServiceDefaults.Endpoints;

namespace Shop.ServiceDefaults;

public static class HeadRequestExtensions
{
    /// <summary>The caller gets no body: an answer that takes its time need not be made. Every HEAD is handled as a GET, and its method says so.</summary>
    public static bool IsHead(this HttpContext http) => HeadRequests.IsHead(http);
}
