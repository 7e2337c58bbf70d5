using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Shop.Gateway.Input;
using Shop.Gateway.Orders;
using Shop.Members.V1;
using Shop.Ordering.V1;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;
using Shop.ServiceDefaults.WarmUp;

namespace Shop.Gateway;

/// <summary>What the first customers do, as far as it goes for nobody: searches by the gateway's own address, and of the rest what comes before it is refused.</summary>
internal static class WarmUp
{
    private static readonly (string Language, string Path)[] Pages =
    [
        // Of a size that no client requests: Catalog keeps first pages for a moment, and may have no products yet.
        ("ko", "/api/v1/products?pageSize=19"), ("ko", $"/api/v1/products?pageSize=19&query={Uri.EscapeDataString("키보드")}"), ("en", "/api/v1/products?pageSize=19&query=keyboard"),
    ];

    private static readonly string[] RefusedPaths = ["/api/v1/members", "/api/v1/sessions", "/api/v1/orders"];

    public static void AddGatewayWarmUp(this IHostApplicationBuilder builder)
    {
        builder.AddWarmUp("searches", async (services, cancel) =>
        {
            if (OwnAddress(services) is not { } address)
                return;

            using var http = new HttpClient { BaseAddress = address };
            foreach (var (language, path) in Pages)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptLanguage = { new StringWithQualityHeaderValue(language) } } };
                using var answer = await http.SendAsync(request, cancel);
                if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                    throw new UnavailableException($"{path} cannot be answered yet.");
            }
            foreach (var path in RefusedPaths)
            {
                using var content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(path, content, cancel);
            }
        });
        builder.AddWarmUp("orders and accounts", async (services, cancel) =>
        {
            var order = await BodyAsync(PlaceOrderBody.Example, cancel);
            await Refused.AsExpectedAsync(services.GetRequiredService<OrderingService.OrderingServiceClient>()
                .PlaceOrderAsync(PlaceOrderBody.Read(order, "warm-up"), cancellationToken: cancel));

            var members = services.GetRequiredService<MembersService.MembersServiceClient>();
            await Refused.AsExpectedAsync(members.SignUpAsync(new(), cancellationToken: cancel));
            await Refused.AsExpectedAsync(members.SignInAsync(new(), cancellationToken: cancel));
        });
    }

    private static async Task<Fields> BodyAsync(string json, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var http = new DefaultHttpContext { Request = { Body = new MemoryStream(bytes), ContentType = "application/json", ContentLength = bytes.Length } };
        return await JsonBody.ReadAsync(http.Request, cancel);
    }

    /// <returns>Null: it does not listen, as in a test.</returns>
    private static Uri? OwnAddress(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        var address = addresses?.FirstOrDefault(address => address.StartsWith("http://", StringComparison.Ordinal));
        return address is null ? null : new(address.Replace("//+", "//localhost").Replace("//*", "//localhost").Replace("//0.0.0.0", "//localhost").Replace("//[::]", "//localhost"));
    }
}
