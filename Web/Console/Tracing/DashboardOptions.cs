namespace Shop.Console.Tracing;

/// <summary>Section <c>Dashboard</c>.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <summary>The address of the Aspire dashboard, for links to traces. Null: trace ids are not links.</summary>
    public Uri? Url { get; set; }
}
