using System.Text.Json.Serialization;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>What <c>POST /_sinch/faults</c> asks for: of the calls that the kind concerns, this share goes wrong, at most so often. The same seed gives the same calls.</summary>
internal sealed record FaultOrder(FaultKind Kind, double Rate = 1, int? Times = null, int Seed = 1);

/// <summary>Ways for the provider to have a bad day.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    /// <summary>All is well again.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>Submissions: 500, not accepted.</summary>
    [JsonStringEnumMemberName("server_error")] ServerError,

    /// <summary>Submissions: 500, although accepted.</summary>
    [JsonStringEnumMemberName("lost_answer")] LostAnswer,

    /// <summary>Submissions: no answer, although accepted.</summary>
    [JsonStringEnumMemberName("hang")] Hang,

    /// <summary>Submissions: the connection breaks, although accepted.</summary>
    [JsonStringEnumMemberName("reset")] Reset,

    /// <summary>Submissions: 429.</summary>
    [JsonStringEnumMemberName("too_many_requests")] TooManyRequests,

    /// <summary>Submissions: 503 with an error body.</summary>
    [JsonStringEnumMemberName("unavailable")] Unavailable,

    /// <summary>The list of batches: 500.</summary>
    [JsonStringEnumMemberName("list_error")] ListError,

    /// <summary>Every call with a token: 401 as for a JWT that has expired.</summary>
    [JsonStringEnumMemberName("expired_token")] ExpiredToken,

    /// <summary>The token host: 429.</summary>
    [JsonStringEnumMemberName("token_too_many_requests")] TokenTooManyRequests,
}

/// <summary>The faults in force on this host.</summary>
internal sealed class FakeFaults
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FaultKind, (FaultOrder Order, Random Dice, int Left)> _orders = [];

    public void Order(FaultOrder order)
    {
        lock (_gate)
        {
            if (order.Kind == FaultKind.None) _orders.Clear();
            else _orders[order.Kind] = (order, new Random(order.Seed), order.Times ?? int.MaxValue);
        }
    }

    /// <summary>Does this fault strike now?</summary>
    public bool Strikes(FaultKind kind)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(kind, out var fault) || fault.Left == 0 || fault.Dice.NextDouble() >= fault.Order.Rate) return false;
            _orders[kind] = fault with { Left = fault.Left - 1 };
            return true;
        }
    }

    /// <summary>How a submission goes wrong, or null when it does not.</summary>
    public FakeAnswer? OnSubmission() =>
        Strikes(FaultKind.ServerError) ? FakeAnswer.Fail
        : Strikes(FaultKind.LostAnswer) ? FakeAnswer.AcceptAndFail
        : Strikes(FaultKind.Hang) ? FakeAnswer.AcceptAndHang
        : Strikes(FaultKind.Reset) ? FakeAnswer.AcceptAndReset
        : Strikes(FaultKind.TooManyRequests) ? FakeAnswer.Busy
        : Strikes(FaultKind.Unavailable) ? FakeAnswer.Unavailable
        : null;
}
