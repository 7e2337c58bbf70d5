using System.Diagnostics.CodeAnalysis;
using Shop.Catalog.V1;
using Shop.Gateway.Orders;
using Shop.OrderHistory.V1;

namespace Shop.Gateway.Operators.Orders;

/// <summary>An order with what only operators see of it.</summary>
internal sealed record MemberOrderView : OrderView
{
    [SetsRequiredMembers]
    public MemberOrderView(OrderView order, string memberId, string cancelNote) : base(order) =>
        (MemberId, CancelNote) = (memberId, cancelNote.Length == 0 ? null : cancelNote);

    public required string MemberId { get; init; }

    /// <summary>Why it was cancelled, in the words of the member or the operator.</summary>
    public string? CancelNote { get; init; }

    public static MemberOrderView Of(MemberOrder order, Language language) => new(OrderViews.Of(order.Order, language), order.MemberId, order.CancelNote);
}
