using System.Net;
using System.Net.Sockets;
using System.Text;
using Shop.Load.Customers;

namespace Shop.Load.ColdStart;

/// <summary>
/// Warms up this program's own client against a stub, so that the first figures do not include the JIT compilation of this program.
/// </summary>
internal static class WarmClient
{
    private const int Customers = 30;
    private static readonly byte[] Accepted = Encoding.ASCII.GetBytes(
        """
        HTTP/1.1 200 OK
        Content-Type: application/json
        Content-Length: 56

        {"items":[{"id":"a product"}],"accessToken":"the.token"}
        """.ReplaceLineEndings("\r\n"));

    public static async Task RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, stop.Token);

        using (var gateway = new GatewayClient($"http://{listener.LocalEndpoint}"))
        {
            var customers = new FirstCustomers(gateway);
            await customers.RunAsync(Customers, cancel);
            if (customers.Answers.FirstOrDefault(answer => answer.Error is not null) is { } failed)
                throw new MistakeException($"the warm-up of the client failed: {failed.What} was answered with {failed.Error}.");
        }
        await stop.CancelAsync();
        await answering;
    }

    /// <summary>One connection is enough, since the customers are sequential. Each read ends with a whole request.</summary>
    private static async Task AnswerAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await using var stream = client.GetStream();
                while (await ReadRequestAsync(stream, stop))
                    await stream.WriteAsync(Accepted, stop);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // the warm-up has failure
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream, CancellationToken stop)
    {
        var text = "";
        var buffer = new byte[8_192];
        while (!IsWhole(text))
        {
            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
                return false;
            text += Encoding.Latin1.GetString(buffer, 0, read);
        }
        return true;
    }

    private static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        // A body has a length, or is chunked up to an empty chunk.
        const string length = "Content-Length: ";
        var at = text.IndexOf(length, 0, head, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
            return text.Length >= head + 4 + int.Parse(text[(at + length.Length)..text.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
        return !text[..head].Contains("chunked", StringComparison.OrdinalIgnoreCase) || text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal);
    }
}
