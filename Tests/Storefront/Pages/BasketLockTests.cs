using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Design.Gateway;
using Shop.Storefront.Baskets;
using Shop.Storefront.Tests.Running;

namespace Shop.Storefront.Tests.Pages;

/// <summary>An addition is a call of the API, which no rollback takes back: when its transaction is repeated, the addition is not.</summary>
public sealed class BasketLockTests(RunningStorefront shop)
{
    /// <summary>At the commit, when the addition was made.</summary>
    [Fact]
    public async Task A_commit_that_is_rolled_back_is_repeated_and_the_addition_is_not()
    {
        var additions = 0;
        await shop.InServiceAsync(async services =>
        {
            var db = services.GetRequiredService<StorefrontDb>();
            await services.GetRequiredService<BasketLock>().RunAsync(Guid.CreateVersion7(), async () =>
            {
                additions++;
                await FailCommitAsync(db);
            }, TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.Equal(1, additions);
    }

    [Fact]
    public async Task A_refusal_is_still_one_when_the_commit_was_repeated()
    {
        var additions = 0;
        var refused = await Assert.ThrowsAsync<ApiException>(() => shop.InServiceAsync(async services =>
        {
            await services.GetRequiredService<BasketLock>().RunAsync(Guid.CreateVersion7(), async () =>
            {
                additions++;
                await FailCommitAsync(services.GetRequiredService<StorefrontDb>());
                throw new ApiException(422, new(null, "basket_full", null, null, null));
            }, TestContext.Current.CancellationToken);
            return 0;
        }));

        Assert.Equal((1, "basket_full"), (additions, refused.Reason));
    }

    /// <summary>Before the call of the API: nothing was added, so the addition is made.</summary>
    [Fact]
    public async Task An_addition_that_the_database_has_ended_is_made_again()
    {
        var additions = 0;
        await shop.InServiceAsync(async services =>
        {
            await services.GetRequiredService<BasketLock>().RunAsync(Guid.CreateVersion7(), async () =>
            {
                if (++additions == 1)
                    await services.GetRequiredService<StorefrontDb>().Database.ExecuteSqlRawAsync("do $$ begin raise exception 'a deadlock' using errcode = '40P01'; end $$");
            }, TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.Equal(2, additions);
    }

    /// <summary>The transaction's commit fails as one whose serialization fails.</summary>
    private static Task FailCommitAsync(StorefrontDb db) => db.Database.ExecuteSqlRawAsync("""
        create temp table failing (id int) on commit drop;
        create or replace function pg_temp.fail() returns trigger language plpgsql as $$ begin raise exception 'not serializable' using errcode = '40001'; end $$;
        create constraint trigger at_commit after insert on failing deferrable initially deferred for each row execute function pg_temp.fail();
        insert into failing values (1);
        """);
}
