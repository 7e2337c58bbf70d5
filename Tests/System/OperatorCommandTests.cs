using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Shop.Testing;

namespace Shop.SystemTests;

/// <summary>The commands of the gateway resource in the dashboard, which the Aspire CLI has, too.</summary>
public sealed class OperatorCommandTests(RunningShop shop)
{
    [Fact]
    public async Task Products_are_imported_and_a_file_that_is_not_there_is_said()
    {
        await shop.IsWholeAsync();
        var name = $"클릭 {Guid.CreateVersion7():N}";
        var file = Path.Combine(Directory.CreateTempSubdirectory("shop-import-").FullName, "products.csv");
        await File.WriteAllTextAsync(file, $"sku,categoryId,price,name.ko,name.en,description.ko,description.en\n{Guid.CreateVersion7():N},coffee,1000,{name},{name},설명,Text\nX,nowhere,1,a,b,c,d\n");

        var imported = await ExecuteAsync("import-products", file);
        Assert.True(imported.Success, imported.Message);
        Assert.Equal("2 lines, 1 added, 0 changed, 0 unchanged, 1 bad.", imported.Message);
        Assert.Single(await shop.ProductsAsync($"?query={Uri.EscapeDataString(name)}&pageSize=1"));

        var missing = await ExecuteAsync("import-products", "/nowhere/products.csv");
        Assert.False(missing.Success);
        Assert.Equal("The file /nowhere/products.csv does not exist.", missing.Message);
    }

    [Fact]
    public async Task The_consistency_check_says_that_everything_adds_up_each_time_it_is_asked()
    {
        await shop.IsWholeAsync();
        for (var time = 1; time <= 2; time++)
        {
            var checkedNow = await ExecuteAsync("check-consistency");
            Assert.True(checkedNow.Success, checkedNow.Message);
            Assert.Equal("The data is consistent.", checkedNow.Message);
        }
    }

    [Fact]
    public async Task A_restart_with_empty_data_leaves_no_member_and_the_shop_sells_again()
    {
        await shop.IsWholeAsync();
        var before = await shop.SignUpAsync();
        Assert.NotNull(before);

        var restarted = await ExecuteAsync("restart-clean");
        Assert.True(restarted.Success, restarted.Message);

        await Eventually.TrueAsync(async () => (await shop.ProductsAsync()).Count > 0, "there are products", TimeSpan.FromSeconds(60));
        await shop.IsWholeAsync();
        using var gone = await before.SendAsync(HttpMethod.Get, "/api/v1/me", body: null);
        Assert.False(gone.IsSuccessStatusCode);
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(string command, string? file = null)
    {
        var gateway = shop.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "gateway");
#pragma warning disable ASPIREINTERACTION001 // the only way to hand over an argument
        var arguments = new InteractionInputCollection(file is null ? [] : [new() { Name = "file", InputType = InputType.Text, Value = file }]);
#pragma warning restore ASPIREINTERACTION001
        return await shop.App.ResourceCommands.ExecuteCommandAsync(gateway, command, arguments, TestContext.Current.CancellationToken);
    }
}
