using Aspire.Hosting.ApplicationModel;
using Shop.AppHost.Crashes;

namespace Shop.AppHost.Tests;

public sealed class CrashWatchTests
{
    private readonly Clock _clock = new();
    private readonly CrashWatch _watch;

    public CrashWatchTests() => _watch = new(_clock);

    [Fact]
    public void A_process_that_dies_is_started_again_soon()
    {
        Observe(KnownResourceStates.Starting, KnownResourceStates.Running);
        Assert.Equal(TimeSpan.FromSeconds(2), _watch.Observe(KnownResourceStates.Finished));
    }

    [Fact]
    public void A_process_that_cannot_even_start_is_tried_again()
    {
        Observe(KnownResourceStates.Starting);
        Assert.NotNull(_watch.Observe(KnownResourceStates.FailedToStart));
    }

    [Fact]
    public void What_was_stopped_on_purpose_stays_stopped()
    {
        Observe(KnownResourceStates.Starting, KnownResourceStates.Running, KnownResourceStates.Stopping);
        Assert.Null(_watch.Observe(KnownResourceStates.Finished));
        Assert.Null(_watch.Observe(KnownResourceStates.Exited));
        Assert.False(_watch.IsUp);
    }

    [Fact]
    public void A_stop_that_is_expected_is_no_crash_whatever_is_reported_before_it()
    {
        Observe(KnownResourceStates.Running);
        _watch.ExpectStop();
        Observe(KnownResourceStates.Running);
        Assert.Null(_watch.Observe(KnownResourceStates.Exited));
        Observe(KnownResourceStates.Running);
        Assert.NotNull(_watch.Observe(KnownResourceStates.Exited));
    }

    [Fact]
    public void What_was_stopped_and_started_again_is_watched_again()
    {
        Observe(KnownResourceStates.Running, KnownResourceStates.Stopping, KnownResourceStates.Finished, KnownResourceStates.Starting, KnownResourceStates.Running);
        Assert.NotNull(_watch.Observe(KnownResourceStates.Exited));
    }

    [Fact]
    public void One_death_that_is_reported_twice_is_one_death()
    {
        Observe(KnownResourceStates.Running);
        Assert.NotNull(_watch.Observe(KnownResourceStates.Finished));
        Assert.Null(_watch.Observe(KnownResourceStates.Exited));
    }

    [Fact]
    public void What_has_never_run_has_not_died() => Assert.Null(_watch.Observe(KnownResourceStates.Exited));

    [Fact]
    public void Pauses_grow_while_it_keeps_dying_and_are_short_again_after_it_has_lived()
    {
        var pauses = Enumerable.Range(0, 12).Select(_ => DiesAfter(TimeSpan.FromSeconds(1))).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.True(pauses[0] < pauses[3] && pauses[3] < TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromMinutes(1), pauses[^1]);

        Assert.Equal(pauses[0], DiesAfter(TimeSpan.FromSeconds(30)));
    }

    private TimeSpan DiesAfter(TimeSpan life)
    {
        Observe(KnownResourceStates.Starting, KnownResourceStates.Running);
        _clock.Now += life;
        return _watch.Observe(KnownResourceStates.Finished)!.Value;
    }

    private void Observe(params string[] states)
    {
        foreach (var state in states)
            _watch.Observe(state);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
