using Shop.Design.Sessions;

namespace Shop.Console.Layout;

internal static class OperatorPages
{
    /// <summary>
    /// Every page needs a session, also those that ask the API for nothing; only operators get one. That each call is an operator's the gateway checks again.
    /// </summary>
    /// <exception cref="SignedOutException">Nobody is signed in.</exception>
    public static void Check(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<OpenPage>() is null && !http.RequestServices.GetRequiredService<CurrentSession>().IsSignedIn)
            throw new SignedOutException();
    }
}
