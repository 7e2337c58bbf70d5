namespace Shop.Design.Sessions;

/// <summary>One browser's session. Found by the hash of the cookie's value: who reads the database cannot use its sessions.</summary>
internal sealed class Session
{
    public required byte[] IdHash { get; init; }

    /// <summary>Null: a guest.</summary>
    public Guid? MemberId { get; set; }

    /// <summary>For the header of pages; null for a guest.</summary>
    public string? Name { get; set; }

    /// <summary>Access and refresh token, encrypted; null for a guest.</summary>
    public byte[]? Tokens { get; set; }

    /// <summary>What the program keeps in the session, such as a guest's basket: JSON.</summary>
    public string Content { get; set; } = "[]";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }

    public bool IsSignedIn => MemberId is not null && Tokens is not null;
}
