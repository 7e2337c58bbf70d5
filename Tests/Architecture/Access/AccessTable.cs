namespace Shop.Architecture.Tests.Access;

/// <summary>
/// Who may call what, written down a second time: a right that is given or taken stands in two places of a change, and somebody reads it.
/// <c>accounts</c> are members and operators; the others are services, each with a token made for the service it calls.
/// </summary>
internal static class AccessTable
{
    private const string Text = """
        basket     GetBasket          accounts
        basket     PutItem            accounts
        basket     RemoveItem         accounts
        basket     GetBasketForOrder  ordering

        catalog    ListProducts       accounts gateway
        catalog    GetProduct         accounts gateway
        catalog    ListCategories     accounts gateway
        catalog    GetProducts        accounts basket ordering reviews
        catalog    CreateProduct      operators
        catalog    UpdateProduct      operators
        catalog    DiscontinueProduct operators
        catalog    ImportProducts     operators

        coupons    ListCoupons        accounts
        coupons    Quote              ordering
        coupons    Reserve            ordering
        coupons    Redeem             ordering
        coupons    Restore            ordering

        inventory  GetStock           accounts gateway
        inventory  SetStock           operators
        inventory  SetStockIfUnchanged operators
        inventory  Reserve            ordering
        inventory  Confirm            ordering
        inventory  Release            ordering
        inventory  Restock            ordering

        messaging  ListDeadLetters    operators
        messaging  GetDeadLetter      operators
        messaging  ReplayDeadLetter   operators
        messaging  ReplayDeadLetters  operators
        messaging  DiscardDeadLetter  operators
        messaging  ListComparisons    operators
        messaging  ClaimComparison    gateway
        messaging  GetPublished       gateway
        messaging  ListPublishedIds   gateway
        messaging  FindMissed         gateway
        messaging  RepublishEvents    gateway
        messaging  RecordComparison   gateway
        messaging  GetBacklog         operators

        members    SignUp             anyone
        members    SignIn             anyone
        members    Refresh            anyone
        members    IssueServiceToken  anyone
        members    GetProfile         accounts

        notifications ListNotifications accounts
        notifications MarkRead        accounts
        notifications MarkAllRead     accounts

        orderhistory GetOrder         accounts
        orderhistory ListOrders       accounts
        orderhistory FindOrders       operators
        orderhistory FindOrder        operators
        orderhistory GetFigures       operators
        orderhistory StartRebuild     operators
        orderhistory GetRebuild       operators
        orderhistory CancelRebuild    operators

        ordering   PlaceOrder         accounts
        ordering   QuoteOrder         accounts
        ordering   GetOrder           accounts
        ordering   ListOrders         accounts
        ordering   WatchOrder         accounts
        ordering   CancelOrder        accounts
        ordering   RefundOrder        operators
        ordering   ListSagas          operators
        ordering   GetSaga            operators
        ordering   RetrySaga          operators
        ordering   CountOverdueSagas  operators
        ordering   CompensateSaga     operators

        payments   Authorise          ordering
        payments   Capture            ordering
        payments   Void               ordering
        payments   Refund             ordering
        payments   GetPayment         accounts
        payments   GetPayments        accounts gateway
        payments   ReceiveWebhook     gateway
        payments   GetReconciliation  operators

        reviews    WriteReview        accounts
        reviews    ListReviews        accounts gateway

        shipping   GetShipments       accounts
        shipping   ListShipments      operators
        shipping   Dispatch           operators
        shipping   Deliver            operators
        shipping   Fail               operators
        shipping   CallOff            ordering
        """;

    public static IReadOnlyList<Row> Rows { get; } =
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(words => new Row(words[0], words[1], [.. words[2..]]))];

    public sealed record Row(string Service, string Method, IReadOnlyList<string> Admitted);
}
