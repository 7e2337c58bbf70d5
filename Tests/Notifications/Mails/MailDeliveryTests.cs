using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Shop.Notifications.Tests.Running;
using SmtpServer.Protocol;
using static Shop.Notifications.Tests.Running.ShopEvents;

namespace Shop.Notifications.Tests.Mails;

/// <summary>Two replicas and one server that accepts, refuses, does not answer, or is not there.</summary>
public sealed class MailDeliveryTests(RunningNotifications notifications) : IClassFixture<RunningNotifications>
{
    private readonly MailServer _server = notifications.Mail;

    [Fact]
    public async Task Many_mails_share_a_connection_and_two_replicas_send_each_once()
    {
        await _server.StopAsync();
        var before = _server.Connections;
        var members = new List<Guid>();
        try
        {
            members.AddRange(await RegisterAsync(300));
            await Eventually.TrueAsync(async () => await CountAsync("waiting", members) == members.Count, "all wait", TimeSpan.FromSeconds(60));
        }
        finally
        {
            _server.Start();
        }

        await Eventually.TrueAsync(async () => await CountAsync("sent", members) == members.Count, "all are sent", TimeSpan.FromSeconds(60));
        Assert.All(members, member => Assert.Single(_server.To(AddressOf(member))));
        Assert.InRange(_server.Connections - before, 1, 20);
    }

    [Fact]
    public async Task A_server_that_is_not_there_loses_nothing_stops_nothing_and_is_reported()
    {
        await _server.StopAsync();
        Guid member;
        try
        {
            member = await notifications.MemberAsync();
            await Eventually.TrueAsync(async () => (await HealthAsync()).Contains("mail: Degraded", StringComparison.Ordinal), "health says so");

            Assert.Equal("welcome", (await notifications.ListAsync(member)).Single().Kind);
            // Attempts are those of mails: an outage is none.
            await Eventually.TrueAsync(async () => (await notifications.QueryAsync<int>("select attempts from mails where recipient = @to and leased_by is null", new { to = AddressOf(member) })).SequenceEqual([0]), "no attempt");
        }
        finally
        {
            _server.Start();
        }
        await notifications.MailIsAsync(AddressOf(member), "sent");
        await Eventually.TrueAsync(async () => (await HealthAsync()).Contains("mail: Healthy", StringComparison.Ordinal), "health says so");
    }

    [Theory]
    [InlineData(SmtpReplyCode.MailboxUnavailable)]
    [InlineData(SmtpReplyCode.MailboxNameNotAllowed)]
    public async Task A_recipient_that_is_refused_permanently_is_a_failed_mail_with_the_answer_and_others_go_on(SmtpReplyCode code)
    {
        var (refused, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _server.Refuse(AddressOf(refused), code, "no such user");
        await notifications.Events.PublishAsync(Registered(refused));
        await notifications.Events.PublishAsync(Registered(other));

        var answer = await notifications.MailIsAsync(AddressOf(refused), "failed");
        await notifications.MailIsAsync(AddressOf(other), "sent");

        Assert.StartsWith($"{(int)code} no such user", answer, StringComparison.Ordinal);
        Assert.Single(_server.Asked, AddressOf(refused));
        Assert.Equal("welcome", (await notifications.ListAsync(refused)).Single().Kind);
    }

    /// <summary>Its policy, or our authentication: the mail is kept, and an operator is told.</summary>
    [Fact]
    public async Task A_server_that_refuses_us_loses_no_mail_and_is_reported()
    {
        var member = Guid.CreateVersion7();
        _server.Refuse(AddressOf(member), SmtpReplyCode.MailboxUnavailable, "5.7.1 relaying denied");
        await notifications.Events.PublishAsync(Registered(member));

        await Eventually.TrueAsync(async () => (await notifications.HealthOfAllAsync()).Contains("mail: Degraded", StringComparison.Ordinal), "health says so", TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => _server.Asked.Count(address => address == AddressOf(member)) >= 2, "a second attempt", TimeSpan.FromSeconds(60));
        Assert.StartsWith("550 5.7.1 relaying denied", await notifications.MailIsAsync(AddressOf(member), "waiting"), StringComparison.Ordinal);
        _server.Accept(AddressOf(member));

        await notifications.MailIsAsync(AddressOf(member), "sent");
        // Each replica that was refused learns from the next mail that it sends.
        await Eventually.TrueAsync(async () =>
        {
            await notifications.MemberAsync();
            return !(await notifications.HealthOfAllAsync()).Contains("mail: Degraded", StringComparison.Ordinal);
        }, "health says so", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_recipient_that_is_refused_for_now_is_tried_again_with_growing_pauses()
    {
        var (refused, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _server.Refuse(AddressOf(refused), (SmtpReplyCode)450, "try later");
        await notifications.Events.PublishAsync(Registered(refused));
        await notifications.Events.PublishAsync(Registered(other));
        await notifications.MailIsAsync(AddressOf(other), "sent");

        await Eventually.TrueAsync(() => _server.Asked.Count(address => address == AddressOf(refused)) >= 3, "three attempts", TimeSpan.FromSeconds(60));
        Assert.StartsWith("450 try later", await notifications.MailIsAsync(AddressOf(refused), "waiting"), StringComparison.Ordinal);
        _server.Accept(AddressOf(refused));

        await notifications.MailIsAsync(AddressOf(refused), "sent");
        Assert.True((await notifications.QueryAsync<int>("select attempts from mails where recipient = @to", new { to = AddressOf(refused) })).Single() > 3);
        Assert.Single(_server.To(AddressOf(refused)));
    }

    [Fact]
    public async Task A_recipient_for_whom_the_server_does_not_answer_holds_up_no_other()
    {
        var (slow, others) = (Guid.CreateVersion7(), new List<Guid>());
        _server.Delay(AddressOf(slow), TimeSpan.FromMinutes(1));
        await notifications.Events.PublishAsync(Registered(slow));
        others.AddRange(await RegisterAsync(20));

        await Eventually.TrueAsync(async () => await CountAsync("sent", others) == others.Count, "the others are sent", TimeSpan.FromSeconds(40));
        await Eventually.TrueAsync(() => _server.Asked.Count(address => address == AddressOf(slow)) >= 2, "a second attempt", TimeSpan.FromSeconds(60));
        Assert.Equal(1, await CountAsync("waiting", [slow]));
        _server.Accept(AddressOf(slow));

        await notifications.MailIsAsync(AddressOf(slow), "sent");
    }

    [Fact]
    public async Task A_mail_past_its_deadline_has_failed_with_the_last_answer()
    {
        var member = Guid.CreateVersion7();
        _server.Refuse(AddressOf(member), (SmtpReplyCode)450, "try later");
        await notifications.Events.PublishAsync(Registered(member));
        await Eventually.TrueAsync(() => _server.Asked.Contains(AddressOf(member)), "it was tried", TimeSpan.FromSeconds(60));

        await notifications.ExecuteAsync("update mails set created_at = created_at - interval '49 hours' where recipient = @to", new { to = AddressOf(member) });

        Assert.StartsWith("The deadline has passed. 450 try later", await notifications.MailIsAsync(AddressOf(member), "failed"), StringComparison.Ordinal);
    }

    /// <summary>As after a crash between the server's answer and its record: sent again, and recognisable.</summary>
    [Fact]
    public async Task A_mail_that_is_sent_twice_has_the_same_id_and_the_same_text()
    {
        var member = await notifications.MemberAsync();
        await notifications.MailIsAsync(AddressOf(member), "sent");

        await notifications.ExecuteAsync("update mails set status = 'waiting', ended_at = null, due_at = now() where recipient = @to", new { to = AddressOf(member) });
        await Eventually.TrueAsync(() => _server.To(AddressOf(member)).Count() == 2, "it is sent again", TimeSpan.FromSeconds(60));

        var twice = _server.To(AddressOf(member)).ToList();
        Assert.Equal($"welcome.{member}@shop.local", twice[0].MessageId);
        Assert.Single(twice.Select(mail => (mail.MessageId, mail.Date, mail.Subject, mail.TextBody)).Distinct());
    }

    /// <param name="isKnown">It is known as a replica and holds its lock no longer, so that it is noticed before its lease ends.</param>
    [Theory]
    [InlineData(false, "1 second")]
    [InlineData(true, "1 hour")]
    public async Task What_a_replica_had_that_is_gone_is_sent_by_another(bool isKnown, string lease)
    {
        var (replica, member) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _server.Refuse(AddressOf(member), (SmtpReplyCode)450, "try later");
        await notifications.Events.PublishAsync(Registered(member));
        await Eventually.TrueAsync(() => _server.Asked.Contains(AddressOf(member)), "it was tried", TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(async () => (await notifications.QueryAsync<int>(
            $"update mails set leased_by = @replica, due_at = now() + interval '{lease}' where recipient = @to and leased_by is null returning 1", new { replica, to = AddressOf(member) })).Count == 1, "it is leased");
        _server.Accept(AddressOf(member));

        if (isKnown)
            await notifications.ExecuteAsync("insert into persistence.replica (id, seen_until, announced) values (@replica, now(), true)", new { replica });

        await notifications.MailIsAsync(AddressOf(member), "sent");
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("eve@example.com\r\nBcc: all@example.com")]
    public async Task What_is_no_address_is_a_failed_mail_and_others_go_on(string address)
    {
        await notifications.MemberAsync(email: address);
        var other = await notifications.MemberAsync();

        await notifications.MailIsAsync(address, "failed");
        await notifications.MailIsAsync(AddressOf(other), "sent");
        Assert.DoesNotContain(_server.Received, mail => mail.Bcc.Count > 0);
    }

    [Fact]
    public async Task Waiting_and_failed_mails_and_the_age_of_the_oldest_are_measured()
    {
        // Other classes' services measure, too, in this process.
        var figures = new ConcurrentBag<(string Name, double Value)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => { if (instrument.Name.StartsWith("shop.mail.", StringComparison.Ordinal)) own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => figures.Add((instrument.Name, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => figures.Add((instrument.Name, value)));
        listener.Start();
        var (waiting, failed) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _server.Refuse(AddressOf(waiting), (SmtpReplyCode)450, "try later");
        _server.Refuse(AddressOf(failed), SmtpReplyCode.MailboxUnavailable, "no such user");
        await notifications.Events.PublishAsync(Registered(waiting));
        await notifications.Events.PublishAsync(Registered(failed));
        await notifications.MailIsAsync(AddressOf(failed), "failed");
        await notifications.ExecuteAsync("update mails set created_at = created_at - interval '1 hour' where recipient = @to", new { to = AddressOf(waiting) });

        await Eventually.TrueAsync(() =>
        {
            listener.RecordObservableInstruments();
            return figures.Any(figure => figure is ("shop.mail.waiting", >= 1)) && figures.Any(figure => figure is ("shop.mail.failed", >= 1))
                && figures.Any(figure => figure is ("shop.mail.oldest.age", >= 3_600 and < 4_000));
        }, "they are measured", TimeSpan.FromSeconds(40));
        _server.Accept(AddressOf(waiting));
        await notifications.MailIsAsync(AddressOf(waiting), "sent");
    }

    [Fact]
    public async Task No_name_and_no_address_is_logged()
    {
        var member = Guid.CreateVersion7();
        _server.Refuse(AddressOf(member), SmtpReplyCode.MailboxUnavailable, $"<{AddressOf(member)}> is unknown");
        await notifications.Events.PublishAsync(Registered(member, name: "Ms Unmistakable"));
        await notifications.MailIsAsync(AddressOf(member), "failed");
        await Eventually.TrueAsync(() => notifications.Log.Text.Contains("was refused permanently, reply code 550", StringComparison.Ordinal), "it is logged");

        Assert.DoesNotContain(AddressOf(member), notifications.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ms Unmistakable", notifications.Log.Text, StringComparison.Ordinal);
    }

    private async Task<List<Guid>> RegisterAsync(int count)
    {
        var members = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(members.Select(member => notifications.Events.PublishAsync(Registered(member))));
        return members;
    }

    private async Task<int> CountAsync(string status, List<Guid> members) => (await notifications.QueryAsync<int>(
        "select count(*)::int from mails where status = @status and recipient = any(@addresses)", new { status, addresses = members.ConvertAll(AddressOf) })).Single();

    private Task<string> HealthAsync() => notifications.HealthAsync();
}
