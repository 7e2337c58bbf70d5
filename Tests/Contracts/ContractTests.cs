using Xunit;

namespace Shop.Contracts.Tests;

public sealed class ContractTests(Buf buf)
{
    private const string Payments = "shop/payments/v1/payments.proto";
    private const string PaymentToken = "string payment_token = 4;";

    [Fact]
    public async Task The_contracts_follow_the_lint_rules()
    {
        var (code, output) = await buf.RunAsync(buf.Protos, "lint");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Nothing_that_was_released_is_broken()
    {
        var (code, output) = await buf.RunAsync(buf.Protos, "breaking", "--against", buf.Image);
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_new_field_is_welcome()
    {
        using var contracts = ContractFolder.CopyOf(buf.Protos);
        contracts.Change(Payments, PaymentToken, $"{PaymentToken}\n  string note = 99;");

        var (code, output) = await buf.RunAsync(contracts.Path, "breaking", "--against", buf.Image);

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task A_renumbered_field_is_refused()
    {
        using var contracts = ContractFolder.CopyOf(buf.Protos);
        contracts.Change(Payments, PaymentToken, "string payment_token = 99;");

        var (code, output) = await buf.RunAsync(contracts.Path, "breaking", "--against", buf.Image);

        Assert.Equal(100, code);
        Assert.Contains("Previously present field \"4\" with name \"payment_token\" on message \"AuthoriseRequest\" was deleted", output);
    }

    [Fact]
    public async Task A_retyped_field_is_refused()
    {
        using var contracts = ContractFolder.CopyOf(buf.Protos);
        contracts.Change(Payments, PaymentToken, "bytes payment_token = 4;");

        var (code, output) = await buf.RunAsync(contracts.Path, "breaking", "--against", buf.Image);

        Assert.Equal(100, code);
        Assert.Contains("payment_token", output);
    }
}
