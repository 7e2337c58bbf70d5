namespace Shop.Reviews.Authors;

/// <summary>What reviews show of a member. The name itself is not kept here.</summary>
internal sealed class Author
{
    /// <summary>Of a member whose registration is not known yet. Reviews show the name as soon as it is: it is not stored with them.</summary>
    public const string Unknown = "*";

    public required Guid MemberId { get; init; }

    /// <summary>See <see cref="MaskedName"/>.</summary>
    public required string Name { get; init; }
}
