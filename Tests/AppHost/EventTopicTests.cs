using Shop.AppHost.Infrastructure.Kafka;

namespace Shop.AppHost.Tests;

public sealed class EventTopicTests
{
    [Fact]
    public void The_contracts_topics_are_known_each_with_one_for_dead_letters()
    {
        Assert.Contains("shop.orders.v1", EventTopics.All);
        Assert.Contains("shop.orders.v1.dead", EventTopics.All);
        Assert.Contains("shop.members.v1", EventTopics.All);
        Assert.Equal(EventTopics.All.Distinct(), EventTopics.All);
    }
}
