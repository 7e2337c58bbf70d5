using Shop.Console.Actions;
using Shop.Console.DeadLetters;
using Shop.Console.Imports;
using Shop.Console.Orders;
using Shop.Console.Products;
using Shop.Console.Results;
using Shop.Console.Sagas;
using Shop.Console.SignIn;

namespace Shop.Console;

internal static class Features
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) =>
        services
            .AddScoped<ActionResults>()
            .AddScoped<ActionRunner>()
            .AddScoped<ActionPages>()
            .AddScoped<OperatorSignIn>()
            .AddScoped<DeadLetterCalls>()
            .AddScoped<OrderCalls>()
            .AddScoped<SagaCalls>()
            .AddScoped<ProductCalls>()
            .AddScoped<ProductPages>()
            .AddScoped<ImportProducts>();
}
