namespace Shop.Members.Accounts;

/// <summary>The values of a token's <c>role</c> claim.</summary>
internal static class Roles
{
    public const string Member = "member";

    public const string Operator = "operator";

    public const string Service = "service";
}
