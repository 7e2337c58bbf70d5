using Xunit;

namespace Shop.Architecture.Tests;

/// <summary>Who may know whom. Services know each other's contracts, never each other.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string, string[]> Allowed()
    {
        var rules = new TheoryData<string, string[]>
        {
            { "Protos", [] },
            { "ServiceDefaults", ["Shop.Protos"] },
            { Path.Combine("Libraries", "Persistence"), ["Shop.ServiceDefaults"] },
            // Messaging and Sagas do not know each other, and Persistence knows neither.
            { Path.Combine("Libraries", "Messaging"), ["Shop.Protos", "Persistence"] },
            { Path.Combine("Libraries", "Sagas"), ["Persistence"] },
            { Path.Combine("Libraries", "GrpcClients"), ["Shop.Protos", "Shop.ServiceDefaults"] },
        };
        // Web programs know the public API, and no service's contract.
        rules.Add(Path.Combine("Web", "Design"), ["Shop.ServiceDefaults", "Persistence", "GrpcClients"]);
        rules.Add(Path.Combine("Web", "Console"), ["Design", "Shop.ServiceDefaults", "Persistence"]);
        rules.Add(Path.Combine("Web", "Storefront"), ["Design", "Shop.ServiceDefaults", "Persistence"]);
        foreach (var service in Repository.ServiceFolders)
            rules.Add(Path.Combine("Services", service), AllowedTo(service));
        return rules;
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void A_project_refers_only_to_what_stands_below_it(string folder, string[] allowed)
    {
        var references = Repository.ReferencesOf(Repository.ProjectOf(Path.Combine(Repository.Root, folder)));

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Every_library_and_web_program_has_its_rule() =>
        Assert.Empty(Repository.LibraryFolders.Concat(Repository.WebFolders).Except(Allowed().Select(rule => Path.GetFileName(rule.Data.Item1))));

    [Fact]
    public void Every_service_of_the_first_release_is_looked_at() =>
        Assert.Superset(
            new HashSet<string> { "Basket", "Catalog", "Coupons", "Gateway", "Inventory", "Members", "Notifications", "OrderHistory", "Ordering", "PaymentProvider", "Payments", "Reviews", "Shipping" },
            Repository.ServiceFolders.ToHashSet());

    private static string[] AllowedTo(string service) => service switch
    {
        // A third party: it knows neither the shop's contracts nor its messages.
        "PaymentProvider" => ["Shop.ServiceDefaults"],
        _ => ["Shop.Protos", "Shop.ServiceDefaults", "Persistence", "Messaging", "Sagas", "GrpcClients"],
    };
}
