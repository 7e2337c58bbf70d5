using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Shop.ServiceDefaults;

namespace Shop.Members.Limits;

/// <summary>Who is counted as one caller.</summary>
public static class ClientAddress
{
    /// <summary>
    /// Only the gateway is believed when it says for whom it calls; anybody else is who the connection says, or a caller could name
    /// another address with every guess.
    /// </summary>
    public static string Of(ServerCallContext context, string stated) =>
        context.Caller().ServiceName == "gateway" ? Normalise(stated) : Normalise(context.GetHttpContext().Connection.RemoteIpAddress);

    internal static string Normalise(string? address) => Normalise(IPAddress.TryParse(address, out var parsed) ? parsed : null);

    private static string Normalise(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        // One customer of a provider has at least a /64, so that is one caller.
        { AddressFamily: AddressFamily.InterNetworkV6 } => Network64(address) + "/64",
        _ => address.ToString(),
    };

    private static IPAddress Network64(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
