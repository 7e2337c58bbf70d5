namespace Shop.SystemTests.Running;

/// <summary>A product as the public API shows it. <see cref="Price"/> is in minor units.</summary>
public sealed record Product(string Id, string Name, long Price);
