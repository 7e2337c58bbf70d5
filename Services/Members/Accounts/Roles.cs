namespace Shop.Members.Accounts;

/// <summary>What a token's <c>role</c> claim says.</summary>
public static class Roles
{
    public const string Member = "member";

    public const string Operator = "operator";

    public const string Service = "service";
}
