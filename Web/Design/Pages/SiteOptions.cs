namespace Shop.Design.Pages;

/// <summary>Section <c>Site</c>.</summary>
internal sealed class SiteOptions
{
    public const string Section = "Site";

    /// <summary>The address that the public uses, for canonical links and the site map. Null: as the request says.</summary>
    public Uri? PublicUrl { get; set; }
}
