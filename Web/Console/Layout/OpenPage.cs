namespace Shop.Console.Layout;

/// <summary>Marks a page that is shown without a session: the one for signing in.</summary>
internal sealed record OpenPage;
