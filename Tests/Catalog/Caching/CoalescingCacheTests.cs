using Microsoft.Extensions.Time.Testing;
using Shop.Catalog.Caching;

namespace Shop.Catalog.Tests.Caching;

public sealed class RecentAnswersTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _clock = new();
    private readonly RecentAnswers<string, int> _answers;

    public RecentAnswersTests() => _answers = new(Life, most: 3, _clock);

    [Fact]
    public async Task An_answer_is_used_again_until_it_is_old()
    {
        Assert.Equal(1, await GetAsync("a", 1));
        _clock.Advance(Life - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await GetAsync("a", 2));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, await GetAsync("a", 3));
    }

    [Fact]
    public async Task Its_age_counts_from_when_its_reading_began()
    {
        var reading = new TaskCompletionSource<int>();
        var slow = _answers.GetAsync("a", () => reading.Task, out _, default);
        _clock.Advance(Life);
        reading.SetResult(1);

        Assert.Equal(1, await slow);
        Assert.Equal(2, await GetAsync("a", 2));
    }

    [Fact]
    public async Task What_was_being_read_when_it_changed_is_not_kept()
    {
        var reading = new TaskCompletionSource<int>();
        var before = _answers.GetAsync("a", () => reading.Task, out _, default);
        _answers.Remove("a");

        Assert.Equal(2, await GetAsync("a", 2).WaitAsync(TimeSpan.FromSeconds(15)));
        reading.SetResult(1);

        Assert.Equal(1, await before);
        Assert.Equal(2, await GetAsync("a", 3));
    }

    [Fact]
    public async Task Those_who_ask_at_the_same_time_wait_for_one_reading()
    {
        var reading = new TaskCompletionSource<int>();
        var readings = 0;
        var all = Enumerable.Range(0, 10).Select(_ => _answers.GetAsync("a", () =>
        {
            Interlocked.Increment(ref readings);
            return reading.Task;
        }, out var _, default)).ToList();
        reading.SetResult(7);

        Assert.All(await Task.WhenAll(all), answer => Assert.Equal(7, answer));
        Assert.Equal(1, readings);
    }

    [Fact]
    public async Task Who_goes_away_does_not_end_the_reading_for_the_others()
    {
        var reading = new TaskCompletionSource<int>();
        using var gone = new CancellationTokenSource();
        var first = _answers.GetAsync("a", () => reading.Task, out _, gone.Token);
        var second = GetAsync("a", 2);
        await gone.CancelAsync();
        reading.SetResult(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _answers.GetAsync("a", () => Task.FromException<int>(new InvalidOperationException()), out _, default));

        Assert.Equal(2, await GetAsync("a", 2));
    }

    [Fact]
    public async Task When_it_is_full_answers_are_read_and_not_kept_until_others_are_old()
    {
        foreach (var key in new[] { "a", "b", "c", "d" })
            await GetAsync(key, 1);

        Assert.Equal(1, await GetAsync("a", 2));
        Assert.Equal(2, await GetAsync("d", 2));
        _clock.Advance(Life);
        Assert.Equal(3, await GetAsync("d", 3));
        Assert.Equal(3, await GetAsync("d", 4));
    }

    private Task<int> GetAsync(string key, int read) => _answers.GetAsync(key, () => Task.FromResult(read), out _, default);
}
