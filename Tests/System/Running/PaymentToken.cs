namespace Shop.SystemTests.Running;

/// <summary>The payment tokens of the simulated provider.</summary>
public static class PaymentToken
{
    public const string Ok = "tok_ok";
    public const string Declined = "tok_declined";
    public const string InsufficientFunds = "tok_insufficient_funds";
    public const string Slow = "tok_slow";
    public const string LostAnswer = "tok_lost_answer";
    public const string Flaky = "tok_flaky";
    public const string CaptureFails = "tok_capture_fails";
}
