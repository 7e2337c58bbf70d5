namespace Shop.Messaging.Tests.Support;

internal static class TestData
{
    public static Task AddAccountsAsync(this TestDb db, params string[] ids)
    {
        db.Accounts.AddRange(ids.Select(id => new Account { Id = id }));
        return db.SaveChangesAsync();
    }
}
