using Shop.Notifications.Tests.Running;
using SmtpServer.Protocol;
using static Shop.Notifications.Tests.Running.ShopEvents;

namespace Shop.Notifications.Tests.Mails;

public sealed class StoppingTests(RunningNotifications notifications) : IClassFixture<RunningNotifications>
{
    [Fact]
    public async Task A_replica_that_stops_leaves_its_mails_to_the_next_one_at_once()
    {
        await notifications.StopAllAsync();
        var replica = await notifications.StartReplicaAsync(("Mail:Timeout", "00:01:00"), ("Mail:Lease", "01:00:00"));
        var members = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var member in members)
            notifications.Mail.Delay(AddressOf(member), TimeSpan.FromMinutes(5));
        foreach (var member in members)
            await notifications.Events.PublishAsync(Registered(member));
        // The replica's group is made anew, which takes as long as it takes; how soon it sends is what comes then.
        foreach (var member in members)
            await notifications.HasAsync(member, "welcome");
        await Eventually.TrueAsync(() => notifications.Mail.Asked.Any(address => members.Any(member => AddressOf(member) == address)), "the server is asked for one");

        await notifications.StopAsync(replica);

        Assert.Equal([0L], await notifications.QueryAsync<long>("select count(*) from mails where leased_by is not null"));
        foreach (var member in members)
            notifications.Mail.Accept(AddressOf(member));
        await notifications.StartReplicaAsync();
        foreach (var member in members)
            await notifications.MailIsAsync(AddressOf(member), "sent");
        Assert.All(members, member => Assert.Single(notifications.Mail.To(AddressOf(member))));
    }

    [Fact]
    public async Task Events_of_a_time_without_a_replica_are_notified_of_by_the_next_one()
    {
        await notifications.StopAllAsync();
        var member = Guid.CreateVersion7();
        await notifications.Events.PublishAsync(Confirmed(member, Guid.CreateVersion7()));
        await notifications.Events.PublishAsync(Registered(member));

        await notifications.StartReplicaAsync();

        await notifications.HasAsync(member, "order_confirmed", "welcome");
        await Eventually.TrueAsync(() => notifications.Mail.To(AddressOf(member)).Count() == 2, "two mails are there");
    }

    [Fact]
    public async Task Without_a_server_mails_are_files()
    {
        await notifications.StopAllAsync();
        var folder = Path.Combine(TestFolder.New("mail"), "not there yet");
        await notifications.StartReplicaAsync(("Mail:Host", ""), ("Mail:Folder", folder));
        var member = await notifications.MemberAsync("en");

        var path = await notifications.MailIsAsync(AddressOf(member), "sent");

        Assert.Equal(Path.Combine(folder, $"welcome.{member}@shop.local.eml"), path);
        var mail = await MimeKit.MimeMessage.LoadAsync(path);
        Assert.Equal(("Welcome", AddressOf(member)), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.Contains("Welcome to Shop.", mail.TextBody, StringComparison.Ordinal);
        TestFolder.Delete(Path.GetDirectoryName(folder)!);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_the_mails_waiting()
    {
        await notifications.StopAllAsync();
        var file = Path.Combine(TestFolder.New("mail"), "file");
        await File.WriteAllTextAsync(file, "in the way");
        await notifications.StartReplicaAsync(("Mail:Host", ""), ("Mail:Folder", file));
        var member = await notifications.MemberAsync();
        await Eventually.TrueAsync(async () => (await notifications.HealthAsync()).Contains("mail: Degraded", StringComparison.Ordinal), "health says so");

        File.Delete(file);

        await notifications.MailIsAsync(AddressOf(member), "sent");
        TestFolder.Delete(Path.GetDirectoryName(file)!);
    }

    [Theory]
    [InlineData("Mail:Port", "0")]
    [InlineData("Mail:From", "shop")]
    [InlineData("Mail:From", "shop@shop.local\nBcc: a@b.kr")]
    [InlineData("Mail:From", "shop,all@shop.local")]
    [InlineData("Mail:From", "Shop<shop@shop.local")]
    [InlineData("Mail:Security", "17")]
    [InlineData("Mail:Lease", "00:00:03")]
    [InlineData("Notifications:Retention", "1.00:00:00")]
    public async Task Settings_that_make_no_sense_keep_the_service_from_starting(string setting, string value)
    {
        var failure = await Eventually.IsAsync(async () =>
        {
            await using var service = notifications.Configure((setting, value));
            // Another exception: the host has failed and was disposed before the factory asked for its services.
            return Record.Exception(() => service.CreateClient()) as Microsoft.Extensions.Options.OptionsValidationException;
        }, "the start fails on its options", TimeSpan.FromSeconds(60));

        Assert.Contains(setting.Split(':')[1], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_notifications_and_mails_are_purged_and_waiting_ones_are_not()
    {
        await notifications.StopAllAsync();
        var replica = await notifications.StartReplicaAsync();
        var (old, young, waiting) = (await notifications.MemberAsync(), await notifications.MemberAsync(), Guid.CreateVersion7());
        notifications.Mail.Refuse(AddressOf(waiting), (SmtpReplyCode)450, "try later");
        await notifications.Events.PublishAsync(Registered(waiting));
        await notifications.Events.PublishAsync(Confirmed(old, Guid.CreateVersion7()));
        var unknown = Guid.CreateVersion7();
        await notifications.Events.PublishAsync(Confirmed(unknown, unknown));
        await notifications.MailIsAsync(AddressOf(old), "sent");
        await notifications.MailIsAsync(AddressOf(young), "sent");
        await notifications.MailIsAsync(AddressOf(waiting), "waiting");
        await notifications.HasAsync(old, "order_confirmed");
        await Eventually.TrueAsync(async () => (await notifications.QueryAsync<Guid>("select member_id from waiting_notifications")).Contains(unknown), "one waits for its registration", TimeSpan.FromSeconds(60));
        await notifications.ExecuteAsync("""
            update notifications set id = persistence.first_id(now() - interval '366 days') where member_id = @old and kind = 'welcome';
            update waiting_notifications set id = persistence.first_id(now() - interval '366 days');
            update mails set ended_at = now() - interval '31 days' where recipient = @to and status = 'sent';
            """, new { old, to = AddressOf(old) });

        await replica.Services.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["order_confirmed"], (await notifications.ListAsync(old)).Select(one => one.Kind));
        Assert.Equal(["welcome"], (await notifications.ListAsync(young)).Select(one => one.Kind));
        Assert.Equal([0], await notifications.QueryAsync<int>("select count(*)::int from waiting_notifications"));
        await notifications.MailIsAsync(AddressOf(young), "sent");
        await notifications.MailIsAsync(AddressOf(waiting), "waiting");
    }
}
