using System.Reflection;
using Grpc.Core;
using Xunit;

namespace Shop.Architecture.Tests.Access;

/// <summary>Every gRPC method says in its code who may call it.</summary>
public sealed class AccessRuleTests
{
    // A fifth attribute that admits somebody is added here.
    private static readonly HashSet<Type> Rules =
        [typeof(ServiceDefaults.Access.AllowMembersAttribute), typeof(ServiceDefaults.Access.AllowOperatorsAttribute), typeof(ServiceDefaults.Access.AllowServicesAttribute), typeof(ServiceDefaults.Access.AllowAnyoneAttribute)];

    public static TheoryData<string> Methods() => [.. GrpcMethods().Select(Name).Order()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_says_who_may_call_it(string method) =>
        Assert.Contains(GrpcMethods().Single(candidate => Name(candidate) == method).GetCustomAttributes(), attribute => Rules.Contains(attribute.GetType()));

    [Fact]
    public void Every_method_of_the_contracts_is_implemented()
    {
        var missing = GrpcMethods().Where(method => method.DeclaringType!.IsAbstract).Select(Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_service_with_a_contract_is_looked_at()
    {
        var contracts = typeof(Payments.V1.PaymentsService).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<BindServiceMethodAttribute>() is not null)
            .Where(type => !type.Namespace!.StartsWith("Grpc.", StringComparison.Ordinal));
        var implemented = Implementations().Select(type => type.BaseType!);

        Assert.Empty(contracts.Except(implemented));
    }

    private static string Name(MethodInfo method) => $"{method.ReflectedType!.Name}.{method.Name}";

    private static IEnumerable<MethodInfo> GrpcMethods() =>
        from type in Implementations()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        where method.IsVirtual && method.GetParameters() is [.., var last] && last.ParameterType == typeof(ServerCallContext)
        select method;

    private static IEnumerable<Type> Implementations() =>
        from project in Repository.ServiceFolders.Concat(Repository.LibraryFolders)
        from type in Assembly.Load($"Shop.{project}").GetTypes()
        where type.BaseType?.GetCustomAttribute<BindServiceMethodAttribute>() is not null
        select type;
}
