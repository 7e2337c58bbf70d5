using Microsoft.AspNetCore.WebUtilities;
using Shop.Design.Gateway;
using Shop.Design.Pages;
using Shop.Design.Sessions;
using Shop.Storefront.Baskets;

namespace Shop.Storefront.Messages;

internal static class MessageEndpoints
{
    private const string Path = "/api/v1/notifications";

    public static void MapMessages(this IEndpointRouteBuilder app)
    {
        app.MapPage("/messages", ListAsync);
        app.MapPage("/counts", CountAsync);
        app.MapForm("/messages/{id:guid}/read", async (Guid id, HttpContext http, GatewayClient gateway, CancellationToken cancel) =>
        {
            await gateway.SendAsync<object>(HttpMethod.Post, $"{Path}/{id}/read", null, cancel);
            return Go.To(http, "/messages");
        });
        app.MapForm("/messages/read-all", async (HttpContext http, GatewayClient gateway, CancellationToken cancel) =>
        {
            await gateway.SendAsync<object>(HttpMethod.Post, $"{Path}/read-all", null, cancel);
            return Go.To(http, "/messages");
        });
    }

    private static async Task<IResult> ListAsync(string? pageToken, GatewayClient gateway, CancellationToken cancel)
    {
        try
        {
            return View.Of<MessagesPage>(new MessagesModel(await gateway.GetMineAsync<MessageList>(pageToken is null ? Path : QueryHelpers.AddQueryString(Path, "pageToken", pageToken), cancel)));
        }
        catch (ApiException failure) when (failure.IsUnavailable)
        {
            return View.Of<MessagesPage>(new MessagesModel(null), StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>What the header shows beside its links: a fragment of its own, so that no page waits for it.</summary>
    private static async Task<IResult> CountAsync(MemberBasket basket, GuestBasket guest, CurrentSession session, GatewayClient gateway, CancellationToken cancel)
    {
        if (!session.IsSignedIn)
            return View.Of<Counts>(new CountsModel(guest.Lines.Count, 0));

        try
        {
            var unread = UnreadAsync(gateway, cancel);
            return View.Of<Counts>(new CountsModel((await basket.ShowAsync(cancel)).Count, await unread));
        }
        catch (Exception failure) when (failure is ApiException or SignedOutException)
        {
            // A header without numbers; the page that is asked for says why.
            return View.Of<Counts>(new CountsModel(0, 0));
        }
    }

    private static async Task<int> UnreadAsync(GatewayClient gateway, CancellationToken cancel)
    {
        try
        {
            return (await gateway.GetMineAsync<MessageList>($"{Path}?unread=true&pageSize=1", cancel)).Unread;
        }
        catch (ApiException)
        {
            return 0;
        }
    }
}
