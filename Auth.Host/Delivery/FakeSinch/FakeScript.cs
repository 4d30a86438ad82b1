using System.Collections.Concurrent;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>How the fake answers a submission.</summary>
internal enum FakeAnswer
{
    /// <summary>201.</summary>
    Accept,

    /// <summary>429, not accepted.</summary>
    Busy,

    /// <summary>403, not accepted.</summary>
    Blocked,

    /// <summary>500, not accepted.</summary>
    Fail,

    /// <summary>503 with an error body, not accepted.</summary>
    Unavailable,

    /// <summary>500, although accepted.</summary>
    AcceptAndFail,

    /// <summary>No answer for longer than anybody waits, although accepted.</summary>
    AcceptAndHang,

    /// <summary>The connection breaks, although accepted.</summary>
    AcceptAndReset,
}

/// <summary>The reserved numbers +1 201 555 01NN: the last two digits choose what happens. Every other number is delivered at once.</summary>
internal sealed class FakeScript
{
    private const string Block = "+120155501";
    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<string, int> _seen = new();

    /// <summary>The answer to this submission; a script that changes its mind counts submissions of the same reference, or number without one.</summary>
    public FakeAnswer Answer(string to, string? reference) => Digits(to) switch
    {
        "13" => FakeAnswer.Blocked,
        "29" => Times(to, reference) <= 2 ? FakeAnswer.Busy : Forget(to, reference),
        "50" => FakeAnswer.AcceptAndFail,
        "54" => FakeAnswer.AcceptAndHang,
        "55" => Times(to, reference) <= 1 ? FakeAnswer.Fail : Forget(to, reference),
        _ => FakeAnswer.Accept,
    };

    /// <summary>What becomes of an accepted text; <paramref name="earlier"/> counts the texts to that number before.</summary>
    public static FakeEnd End(string to, int earlier) => Digits(to) switch
    {
        "02" => FakeEnd.Unroutable,
        "04" => earlier % 2 == 0 ? FakeEnd.Temporary : FakeEnd.Delivered,
        "06" => FakeEnd.Expired,
        "77" => FakeEnd.ToldTwice,
        "99" => FakeEnd.Silent,
        _ => FakeEnd.Delivered,
    };

    /// <summary>Only some scripts ask how many texts a number has had.</summary>
    public static bool Counts(string to) => Digits(to) == "04";

    private static string Digits(string to) => to.StartsWith(Block, StringComparison.Ordinal) && to.Length == Block.Length + 2 ? to[Block.Length..] : "";

    private int Times(string to, string? reference)
    {
        if (_seen.Count > MostRemembered) _seen.Clear();
        return _seen.AddOrUpdate(reference ?? to, 1, (_, times) => times + 1);
    }

    private FakeAnswer Forget(string to, string? reference)
    {
        _seen.TryRemove(reference ?? to, out _);
        return FakeAnswer.Accept;
    }
}
