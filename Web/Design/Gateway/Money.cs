namespace Shop.Design.Gateway;

/// <summary>An amount in minor units; won has none.</summary>
public sealed record Money(long Amount, string Currency);
