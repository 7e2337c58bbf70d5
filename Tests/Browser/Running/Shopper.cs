using Microsoft.Playwright;

namespace Shop.Browser.Tests.Running;

/// <summary>What a shopper does, with the mouse.</summary>
internal sealed class Shopper(IPage page, string language)
{
    public const string Password = "correct-horse-9";

    /// <summary>A new member at the checkout, with one of a product in the basket.</summary>
    /// <param name="product">Null: any product in stock.</param>
    /// <param name="address">Null: the storefront's own.</param>
    public static async Task<Shopper> AtCheckoutAsync(ShopInBrowser shop, string language, string? product = null, string? address = null)
    {
        var shopper = new Shopper(await shop.OpenAsync(language, address: address), language);
        await shopper.PutIntoBasketAsync(product ?? shop.Product);
        await shopper.GoAsync("/checkout");
        await shopper.SignUpAsync();
        return shopper;
    }

    private readonly List<string> _errors = Watch(page);

    public string Email { get; } = $"{Guid.CreateVersion7():N}@example.com";

    /// <summary>What the browser reported: failed scripts, refusals of the content policy.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public IPage Page => page;

    private string this[string korean, string english] => language == "ko" ? korean : english;

    public Task GoAsync(string path) => page.GotoAsync($"/{language}{(path == "/" ? "" : path)}");

    public async Task PutIntoBasketAsync(string product)
    {
        await GoAsync($"/products/{product}");
        await ClickAsync(this["장바구니에 담기", "Add to basket"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync(this["담았습니다", "added"]);
    }

    /// <summary>From the form of the sign-in, on which the page is.</summary>
    public async Task SignUpAsync()
    {
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = this["회원 가입", "Sign up"], Exact = true }).ClickAsync();
        await page.GetByLabel(this["이름", "Name"], new() { Exact = true }).FillAsync(this["김민지", "Minji Kim"]);
        await page.GetByLabel(this["이메일", "E-mail"], new() { Exact = true }).FillAsync(Email);
        await page.Locator("#f-password").FillAsync(Password);
        await ClickAsync(this["회원 가입", "Sign up"]);
    }

    /// <summary>On the page of the sign-in.</summary>
    /// <param name="email">Another member's, whose password is the same; null: this one's.</param>
    public async Task SignInAsync(string? email = null)
    {
        await page.Locator("#f-email").FillAsync(email ?? Email);
        await page.Locator("#f-password").FillAsync(Password);
        await ClickAsync(this["로그인", "Sign in"]);
    }

    /// <summary>On the page of the checkout.</summary>
    public async Task FillInAddressAsync(string paymentToken)
    {
        await page.Locator("#f-postalCode").FillAsync("04524");
        await page.Locator("#f-city").FillAsync(this["서울", "Seoul"]);
        await page.Locator("#f-line1").FillAsync(this["세종대로 110", "110 Sejong-daero"]);
        await page.Locator($"input[value={paymentToken}]").CheckAsync();
    }

    public Task PayAsync() => page.Locator("button.wide[value=place]").ClickAsync();

    public Task ClickAsync(string button) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task SeesStatusAsync(params string[] statuses) =>
        page.Locator(string.Join(", ", statuses.Select(status => $".live[data-status={status}]"))).WaitForAsync(new() { Timeout = 120_000 });

    private static List<string> Watch(IPage page)
    {
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, failure) => errors.Add($"{page.Url}: {failure}");
        return errors;
    }
}
