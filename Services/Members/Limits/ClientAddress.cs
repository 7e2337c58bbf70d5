using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Access;

namespace Shop.Members.Limits;

/// <summary>The client address that limits are counted by.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The stated address is trusted only from the gateway. For other callers it is the address of the connection, since a caller could state another address
    /// with every guess.
    /// </summary>
    public static string Of(ServerCallContext context, string stated) =>
        context.Caller().ServiceName == "gateway" ? Normalise(stated) : Normalise(context.GetHttpContext().Connection.RemoteIpAddress);

    internal static string Normalise(string? address) => Normalise(IPAddress.TryParse(address, out var parsed) ? parsed : null);

    private static string Normalise(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        // An internet customer has at least a /64, so a /64 is one caller.
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
