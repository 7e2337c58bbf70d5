using System.Buffers;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Errors;

namespace Shop.Gateway.Forwarding;

/// <summary>
/// A path that every reader interprets in the same way. Each reader decodes once and tidies dots and slashes in its own way, so one that has anything to decode or to tidy
/// could be one path to the gateway, which matched it, and another to the service.
/// </summary>
internal sealed class ForwardedPath
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private readonly string _path;

    private ForwardedPath(string path) => _path = path;

    /// <param name="folder">Ours, with slashes around it.</param>
    /// <param name="rest">What the route matched below it, decoded.</param>
    /// <exception cref="NotFoundException">Nothing has such a path.</exception>
    public static ForwardedPath Below(string folder, string? rest) =>
        rest is { Length: > 0 } && Array.TrueForAll(rest.Split('/'), IsPlain) ? new(folder + rest) : throw new NotFoundException();

    public static ForwardedPath Of(string path) => new(path);

    public override string ToString() => _path;

    private static bool IsPlain(string segment) => segment is not ("" or "." or "..") && !segment.AsSpan().ContainsAnyExcept(Plain);
}
