using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Shop.Testing;
using Xunit;

namespace Shop.Architecture.Tests.Access;

/// <summary>Every kind of caller at every method of every service: a caller that the table does not admit is refused, whatever token it has.</summary>
public sealed class AccessTableTests
{
    private static readonly TokenAuthority Tokens = new();

    /// <summary>By any public type of theirs.</summary>
    private static readonly Dictionary<string, Func<Doors>> Services = new()
    {
        ["basket"] = () => Doors.Of<Basket.BasketDb>("basket", Tokens),
        ["catalog"] = () => Doors.Of<Catalog.CatalogService>("catalog", Tokens),
        ["coupons"] = () => Doors.Of<Coupons.CouponsDb>("coupons", Tokens),
        ["inventory"] = () => Doors.Of<Inventory.InventoryDb>("inventory", Tokens),
        ["members"] = () => Doors.Of<Members.MembersService>("members", Tokens),
        // The library's own contract, in one of the services that serve it.
        ["messaging"] = () => Doors.Of<Inventory.InventoryDb>("messaging", Tokens, database: "inventory"),
        ["notifications"] = () => Doors.Of<Notifications.NotificationsDb>("notifications", Tokens),
        ["orderhistory"] = () => Doors.Of<OrderHistory.OrderHistoryDb>("orderhistory", Tokens, database: "order-history"),
        ["ordering"] = () => Doors.Of<Ordering.OrderingService>("ordering", Tokens),
        ["payments"] = () => Doors.Of<Payments.PaymentsDb>("payments", Tokens),
        ["reviews"] = () => Doors.Of<Reviews.ReviewsDb>("reviews", Tokens),
        ["shipping"] = () => Doors.Of<Shipping.ShippingDb>("shipping", Tokens),
    };

    public static TheoryData<string> Names() => [.. Contracts().Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_door_opens_for_whom_the_table_names_and_for_nobody_else(string service)
    {
        var contract = Contracts().Single(candidate => NameOf(candidate) == service);
        var rows = AccessTable.Rows.Where(row => row.Service == service).ToList();
        Assert.Equal(contract.Methods.Select(method => method.Name).Order(), rows.Select(row => row.Method).Order());

        await using var doors = Services[service]();
        var wrong = new List<string>();
        foreach (var caller in new Callers(Tokens, service).All())
        {
            foreach (var row in rows)
            {
                var expected = Callers.Expected(row, caller);
                var answer = await doors.KnockAsync(contract.FullName, row.Method, contract.FindMethodByName(row.Method).IsServerStreaming, caller.Token);
                if (answer != expected)
                    wrong.Add($"{row.Method} for {caller.Name}: {answer} instead of {expected}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_nobodys()
    {
        await using var doors = Services["inventory"]();

        Assert.Equal(StatusCode.Unimplemented, await doors.KnockAsync("shop.inventory.v1.InventoryService", "Nothing", streams: false, Tokens.Operator()));
    }

    [Fact]
    public void A_service_that_may_call_a_method_does_call_it()
    {
        var idle =
            from row in AccessTable.Rows
            from service in row.Admitted
            where Repository.ServiceFolders.Contains(service, StringComparer.OrdinalIgnoreCase)
            let folder = Repository.ServiceFolders.Single(name => name.Equals(service, StringComparison.OrdinalIgnoreCase))
            let project = Path.Combine(Repository.Root, "Services", folder)
            // Also by a library that it uses.
            let libraries = Repository.ReferencesOf(Repository.ProjectOf(project)).Intersect(Repository.LibraryFolders).Select(library => Path.Combine(Repository.Root, "Libraries", library))
            let sources = libraries.Prepend(project).SelectMany(Repository.Sources).Select(File.ReadAllText)
            where !sources.Any(source => source.Contains($".{row.Method}Async(", StringComparison.Ordinal))
            select $"{service} never calls {row.Method} of {row.Service}";

        Assert.Empty(idle);
    }

    private static string NameOf(ServiceDescriptor contract) => contract.File.Package.Split('.')[1];

    private static IEnumerable<ServiceDescriptor> Contracts() =>
        from type in typeof(Payments.V1.PaymentsService).Assembly.GetTypes()
        where type.GetCustomAttribute<BindServiceMethodAttribute>() is not null
        select (ServiceDescriptor)type.DeclaringType!.GetProperty("Descriptor")!.GetValue(null)! into contract
        where contract.FullName.StartsWith("shop.", StringComparison.Ordinal)
        select contract;
}
