namespace Shop.Storefront.Profile;

/// <summary>The member who is signed in.</summary>
public sealed record MemberProfile(string MemberId, string Email, string Name, string Language);
