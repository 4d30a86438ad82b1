using Auth.Host.Passwords;
using Microsoft.Extensions.Options;

namespace Auth.Specs.Passwords;

/// <summary>R48: bounded work, bounded waiting, a clear no beyond.</summary>
public sealed class HashingQueueSpecs : IDisposable
{
    private readonly HashingQueue _queue = new(Options.Create(new PasswordOptions { Parallel = 1, Waiting = 2 }));
    private readonly ManualResetEventSlim _gate = new();
    private int _running, _most;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _queue.Dispose();
        _gate.Dispose();
    }

    [Fact]
    public async Task who_comes_when_all_places_are_taken_is_turned_away()
    {
        var inside = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();

        var late = Work();

        _gate.Set();
        (await late).ShouldBeNull();
        (await Task.WhenAll(inside)).ShouldBe(["done", "done", "done"]);
    }

    [Fact]
    public async Task no_more_than_allowed_run_at_once()
    {
        var inside = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();

        _gate.Set();
        await Task.WhenAll(inside);

        _most.ShouldBe(1);
    }

    [Fact]
    public async Task a_place_is_free_again_after_work_that_failed_and_after_a_caller_who_left()
    {
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var working = Work();
        var leaving = _queue.Run(() => "never", leaves.Token);
        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => leaving);
        _gate.Set();
        await working;
        await Should.ThrowAsync<InvalidOperationException>(() => _queue.Run<string>(() => throw new InvalidOperationException(), Ct));
        _gate.Reset();

        var inside = Enumerable.Range(0, 3).Select(_ => Work()).ToArray();

        _gate.Set();
        (await Task.WhenAll(inside)).ShouldAllBe(word => word == "done");
    }

    private Task<string?> Work() => _queue.Run(() =>
    {
        _most = Math.Max(_most, Interlocked.Increment(ref _running));
        _gate.Wait(Ct);
        Interlocked.Decrement(ref _running);
        return "done";
    }, Ct);
}
