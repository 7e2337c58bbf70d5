namespace Shop.Design.Assets;

/// <summary>A file that pages load, in the encodings in which it is sent.</summary>
internal sealed record Asset(string ContentType, byte[] Plain, byte[] Brotli, byte[] Gzip);
