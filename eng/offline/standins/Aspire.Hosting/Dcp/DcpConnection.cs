using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>Address and key of the orchestrator's API.</summary>
internal sealed partial record DcpConnection(Uri Server, string Token, X509Certificate2 Certificate)
{
    /// <summary>Null while the file is not there yet or not complete.</summary>
    public static DcpConnection? Read(string kubeconfig, X509Certificate2 certificate)
    {
        if (!File.Exists(kubeconfig))
            return null;
        var text = File.ReadAllText(kubeconfig);
        var server = ServerLine().Match(text);
        var token = TokenLine().Match(text);
        return server.Success && token.Success ? new DcpConnection(new Uri(server.Groups[1].Value), token.Groups[1].Value, certificate) : null;
    }

    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { Certificate },
        };

        // Watches and followed logs have no end; every other call has its own deadline.
        var client = new HttpClient(handler) { BaseAddress = Server, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    [GeneratedRegex(@"^\s*server:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"^\s*token:\s*(\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex TokenLine();
}
