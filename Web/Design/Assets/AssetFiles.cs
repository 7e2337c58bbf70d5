using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace Shop.Design.Assets;

/// <summary>
/// Style sheet, scripts and icon: embedded in the assemblies of this library and of the program, compressed once at start. The hash of all of them is in their address, so browsers keep them for ever, and modules
/// find each other beside themselves.
/// </summary>
internal sealed class AssetFiles
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".css"] = "text/css; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".svg"] = "image/svg+xml",
    };

    private readonly FrozenDictionary<string, Asset> _files;

    public AssetFiles(params Assembly[] programs)
    {
        const string Prefix = "assets.";
        _files = (from assembly in programs.Append(typeof(AssetFiles).Assembly)
                  from name in assembly.GetManifestResourceNames()
                  where name.StartsWith(Prefix, StringComparison.Ordinal)
                  select (Name: name[Prefix.Length..], Asset: Load(assembly.GetManifestResourceStream(name)!, Types[Path.GetExtension(name)])))
            .ToFrozenDictionary(file => file.Name, file => file.Asset);
        Version = Convert.ToHexStringLower(SHA256.HashData([.. _files.OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Value.Plain)]).AsSpan(0, 6));
    }

    public string Version { get; }

    public IReadOnlyDictionary<string, Asset> All => _files;

    public string PathOf(string name) => _files.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"There is no asset {name}.", nameof(name));

    private static Asset Load(Stream stream, string type)
    {
        using var memory = new MemoryStream();
        using (stream)
            stream.CopyTo(memory);
        var plain = memory.ToArray();
        return new(type, plain, Compress(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)), Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> encode)
    {
        using var memory = new MemoryStream();
        using (var encoder = encode(memory))
            encoder.Write(plain);
        return memory.ToArray();
    }
}
