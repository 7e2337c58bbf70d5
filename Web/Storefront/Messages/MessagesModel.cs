namespace Shop.Storefront.Messages;

/// <param name="List">Null: not available at the moment.</param>
public sealed record MessagesModel(MessageList? List);

/// <param name="Basket">Products in the basket.</param>
/// <param name="Unread">Messages.</param>
public sealed record CountsModel(int Basket, int Unread);
