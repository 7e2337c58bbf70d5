using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Shop.Testing.Web;

/// <summary>Counts the requests whose end the site has noticed before their answer.</summary>
public sealed class AbortedRequests : IStartupFilter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, rest) =>
        {
            await using (http.RequestAborted.Register(() => Interlocked.Increment(ref _count)))
                await rest(http);
        });
        next(app);
    };
}
